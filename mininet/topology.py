"""A sincmesh topology file (experiments/topologies) as a Mininet topology."""

import ipaddress

import yaml
from mininet.link import TCLink
from mininet.node import Host
from mininet.topo import Topo

from switches import prepare_interface

DEFAULT_SERVICE = "10.255.255.1"
DEFAULT_KEY = "000102030405060708090a0b0c0d0e0f"


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
        with open(file) as text:
            self.spec = yaml.safe_load(text)
        fabric = self.spec.get("fabric", {})
        self.service = fabric.get("service", DEFAULT_SERVICE)
        self.key = fabric.get("key", DEFAULT_KEY)
        ids = {switch["name"]: switch["id"] for switch in self.spec["switches"]}
        for name in ids:
            self.addSwitch(name, topology=file, **switch_params)
        for link in self.spec["links"]:
            (a, a_port), (b, b_port) = (end.split(":") for end in (link["a"], link["b"]))
            self.addLink(a, b, cls=TCLink, port1=int(a_port), port2=int(b_port), **link_options(link))
        for host in self.spec["hosts"]:
            self.addHost(
                host["name"],
                cls=FabricHost,
                ip="%s/32" % host["ipv4"],
                mac=host.get("mac") or host_mac(host["ipv4"]),
                gateway=self.service,
                gateway_mac=port_mac(ids[host["switch"]], host["port"]),
            )
            options = link_options(host)
            self.addLink(host["name"], host["switch"], cls=TCLink, port1=0, port2=host["port"], **options)
