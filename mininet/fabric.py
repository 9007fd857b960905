"""A Mininet network made of a sincmesh topology file (experiments/topologies), with its controller."""

import ipaddress
import json
import os
import subprocess
import threading

import yaml
from mininet.link import TCLink
from mininet.net import Mininet
from mininet.node import Host
from mininet.topo import Topo

from switches import ROOT, prepare_interface

DEFAULT_SERVICE = "10.255.255.1"
DEFAULT_KEY = "000102030405060708090a0b0c0d0e0f"
REQUEST_TIMEOUT_S = 120


def port_mac(switch_id, port):
    """As controller/fabric/addresses.ts: 02:5c, the switch's number, the port."""
    return format_mac(0x025C00000000 + switch_id * 65536 + port)


def host_mac(address):
    return format_mac(0x020000000000 + int(ipaddress.IPv4Address(address)))


def format_mac(number):
    return ":".join("%02x" % byte for byte in number.to_bytes(6, "big"))


def link_options(spec):
    """Rate, delay and loss of a link of the file, as Mininet's TCLink takes them; nothing where the file says nothing."""
    options = {}
    if "rate_mbps" in spec and spec["rate_mbps"] <= 1000:  # tc's token buckets do not keep up with more.
        options["bw"] = spec["rate_mbps"]
    if spec.get("delay_us", 0) >= 100:  # Below that a veth pair is slower than what is asked for.
        options["delay"] = "%dus" % spec["delay_us"]
    if spec.get("loss", 0) > 0:
        options["loss"] = spec["loss"] * 100
    return options


class FabricTopo(Topo):
    """Switches, links and hosts of a topology file, with the file's port numbers."""

    def build(self, spec=None, switch_params=None):
        for switch in spec["switches"]:
            self.addSwitch(switch["name"], **(switch_params or {}))
        for link in spec["links"]:
            (a, a_port), (b, b_port) = (end.split(":") for end in (link["a"], link["b"]))
            self.addLink(a, b, port1=int(a_port), port2=int(b_port), **link_options(link))
        for host in spec["hosts"]:
            mac = host.get("mac") or host_mac(host["ipv4"])
            self.addHost(host["name"], ip="%s/32" % host["ipv4"], mac=mac)
            self.addLink(host["name"], host["switch"], port1=0, port2=host["port"], **link_options(host))


class Lines:
    """A process that answers JSON requests line by line (experiments/processes/lines.ts)."""

    def __init__(self, process):
        self.process = process
        self.next_id = 0
        self.waiting = {}
        self.lock = threading.Lock()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            answer = json.loads(line)
            with self.lock:
                waiter = self.waiting.pop(answer["id"], None)
            if waiter is not None:
                waiter["answer"] = answer
                waiter["done"].set()
        with self.lock:
            waiters, self.waiting = list(self.waiting.values()), {}
        for waiter in waiters:
            waiter["answer"] = {"ok": False, "message": "the process has ended"}
            waiter["done"].set()

    def start(self, op, **arguments):
        """Sends a request; `finish` waits for its answer."""
        with self.lock:
            self.next_id += 1
            waiter = {"done": threading.Event(), "op": op}
            self.waiting[self.next_id] = waiter
            request = dict(arguments, id=self.next_id, op=op)
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return waiter

    def finish(self, waiter, timeout=REQUEST_TIMEOUT_S):
        if not waiter["done"].wait(timeout):
            raise RuntimeError("%s: no answer within %d s" % (waiter["op"], timeout))
        if not waiter["answer"]["ok"]:
            raise RuntimeError("%s: %s" % (waiter["op"], waiter["answer"]["message"]))
        return waiter["answer"].get("result")

    def ask(self, op, **arguments):
        return self.finish(self.start(op, **arguments))

    def close(self):
        try:
            self.process.stdin.close()
            self.process.wait(5)
        except (OSError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()


def node_script(name):
    return ["node", "--enable-source-maps", os.path.join(ROOT, "dist", "experiments", "processes", name)]


class Fabric:
    """The network, its controller and an agent on every host. Use it in a `with`: everything is torn down, also on error."""

    def __init__(self, topology, switch_class, log_dir=None, pcap_dir=None):
        with open(topology) as file:
            self.spec = yaml.safe_load(file)
        self.topology = topology
        self.log_dir = log_dir
        self.switch_params = {"log_dir": log_dir, "pcap_dir": pcap_dir}
        self.switch_class = switch_class
        self.net = None
        self.controller = None
        self.agents = {}
        self.logs = []

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    def host(self, name):
        return self.net.get(name)

    def agent(self, name):
        """The host library running on a host, as a process in its namespace."""
        if name not in self.agents:
            fabric = self.spec.get("fabric", {})
            address = next(host["ipv4"] for host in self.spec["hosts"] if host["name"] == name)
            process = self.host(name).popen(
                node_script("host.js")
                + [name, address, fabric.get("service", DEFAULT_SERVICE), fabric.get("key", DEFAULT_KEY)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._log(name),
                universal_newlines=True,
            )
            self.agents[name] = Lines(process)
            self.agents[name].ask("attach")
        return self.agents[name]

    def close(self):
        for agent in self.agents.values():
            agent.close()
        if self.controller is not None:
            self.controller.close()
        if self.net is not None:
            self.net.stop()
        for log in self.logs:
            log.close()

    def _log(self, name):
        if self.log_dir is None:
            return subprocess.DEVNULL
        log = open(os.path.join(self.log_dir, "%s.log" % name), "w")
        self.logs.append(log)
        return log

    def _start(self):
        topo = FabricTopo(spec=self.spec, switch_params=self.switch_params)
        self.net = Mininet(topo=topo, switch=self.switch_class, host=Host, link=TCLink, controller=None, build=False)
        self.net.build()
        self._configure_hosts()
        self.net.start()
        for switch in self.net.switches:
            switch.wait_until_serving()
        self.controller = Lines(
            subprocess.Popen(
                node_script("controller.js") + [self.topology],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._log("controller"),
                universal_newlines=True,
            )
        )
        for switch in self.net.switches:
            self.controller.ask("connect", switch=switch.name, address=switch.grpc_address, device_id=switch.device_id)
        self.controller.ask("settled")

    def _configure_hosts(self):
        """Everything goes through the switch a host hangs on: one route, one neighbour."""
        gateway = self.spec.get("fabric", {}).get("service", DEFAULT_SERVICE)
        ids = {switch["name"]: switch["id"] for switch in self.spec["switches"]}
        for spec in self.spec["hosts"]:
            host = self.host(spec["name"])
            interface = host.defaultIntf().name
            prepare_interface(host, interface)
            mac = port_mac(ids[spec["switch"]], spec["port"])
            host.cmd("ip route replace %s dev %s scope link" % (gateway, interface))
            host.cmd("ip route replace default via %s dev %s" % (gateway, interface))
            host.cmd("ip neigh replace %s lladdr %s dev %s nud permanent" % (gateway, mac, interface))
