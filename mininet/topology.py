"""A sincmesh topology file (experiments/topologies) as a Mininet topology."""

import json
import subprocess

from mininet.link import TCLink
from mininet.node import Host
from mininet.topo import Topo

from processes import node_script
from switches import prepare_interface

class TopologyError(Exception):
    """A topology file that the controller does not take, or none at all; says where, and what to do."""


def read_topology(file):
    """A topology file as the controller reads it (experiments/processes/topology.ts): checked, with its defaults."""
    reader = subprocess.run(
        node_script("topology.js") + [str(file)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        universal_newlines=True,
    )
    if reader.returncode != 0:
        raise TopologyError(reader.stderr.strip())
    return json.loads(reader.stdout)


def link_options(quality):
    """Rate, delay, loss and queue of a link, as Mininet's TCLink takes them; nothing where the file says nothing."""
    options = {}
    if quality.get("rateMbps", 0) and quality["rateMbps"] <= 1000:  # tc's token buckets do not keep up with more.
        options["bw"] = quality["rateMbps"]
    if quality.get("delayUs", 0) >= 100:  # Below that a veth pair is slower than what is asked for.
        options["delay"] = "%dus" % quality["delayUs"]
    if quality.get("loss", 0) > 0:
        options["loss"] = quality["loss"] * 100
    if options and quality.get("queuePackets"):
        options["max_queue_size"] = quality["queuePackets"]
    return options


class FabricLink(TCLink):
    """A link whose delay and loss are what the file says, or none: the kernel's netem makes them, and not every kernel has it."""

    def __init__(self, node1, node2, delay=None, loss=None, **params):
        TCLink.__init__(self, node1, node2, delay=delay, loss=loss, **params)
        if delay is None and loss is None:
            return
        for node, intf in ((node1, self.intf1), (node2, self.intf2)):
            if "netem" not in node.cmd("tc qdisc show dev %s" % intf.name):
                raise TopologyError(
                    "link %s - %s: this kernel has no netem for its delay and loss; modprobe sch_netem, "
                    "or leave delay_us of 100 and more and loss out of the file" % (node1.name, node2.name)
                )


class FabricHost(Host):
    """A host whose whole network is the switch it hangs on: one address, one route, one neighbour."""

    def config(self, gateway=None, gateway_mac=None, **params):
        result = Host.config(self, **params)
        interface = self.defaultIntf().name
        prepare_interface(self, interface)
        self.cmd("ip route replace %s dev %s scope link" % (gateway, interface))
        self.cmd("ip route replace default via %s dev %s" % (gateway, interface))
        self.cmd("ip neigh replace %s lladdr %s dev %s nud permanent" % (gateway, gateway_mac, interface))
        return result


class FabricTopo(Topo):
    """Switches, links and hosts of a topology file, with the file's port numbers and link qualities."""

    def build(self, file=None, **switch_params):
        if file is None:
            raise TopologyError("no topology file; give one: --topo sincmesh,FILE, or FabricTopo(file=FILE)")
        self.spec = read_topology(file)
        self.service = self.spec["service"]
        self.key = self.spec["key"]
        for switch in self.spec["switches"]:
            self.addSwitch(switch["name"], topology=file, **switch_params)
        for link in self.spec["links"]:
            a, b = link["a"], link["b"]
            self.addLink(
                a["switch"], b["switch"], cls=FabricLink, port1=a["port"], port2=b["port"], **link_options(link["quality"])
            )
        for host in self.spec["hosts"]:
            self.addHost(
                host["name"],
                cls=FabricHost,
                ip="%s/32" % host["ipv4"],
                mac=host["mac"],
                gateway=self.service,
                gateway_mac=host["gateway_mac"],
            )
            options = link_options(host["quality"])
            self.addLink(host["name"], host["switch"], cls=FabricLink, port1=0, port2=host["port"], **options)
