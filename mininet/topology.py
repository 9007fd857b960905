"""A sincmesh topology file (experiments/topologies) as a Mininet topology."""

import json
import subprocess

from mininet.node import Host
from mininet.topo import Topo

from links import NETEM_REMEDY, FabricLink, link_options, needs_netem, netem_missing
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


# Linux takes no longer names of interfaces.
LONGEST_NAME = 15


def check_feasible(file, spec):
    """Raises where this machine cannot have the links of a topology: before anything is made."""
    ends = [link[end] for link in spec["links"] for end in ("a", "b")]
    names = [(end["switch"], end["port"]) for end in ends]
    names += [(host["switch"], host["port"]) for host in spec["hosts"]] + [(host["name"], 0) for host in spec["hosts"]]
    for node, port in names:
        name = "%s-eth%d" % (node, port)
        if len(name) > LONGEST_NAME:
            raise TopologyError(
                "%s: '%s' is too long for an interface of Linux, which takes %d characters; give '%s' a shorter name"
                % (file, name, LONGEST_NAME, node)
            )
    faulty = [
        place
        for place, quality in [("%s - %s" % (link["a"]["switch"], link["b"]["switch"]), link["quality"]) for link in spec["links"]]
        + [("%s - %s" % (host["name"], host["switch"]), host["quality"]) for host in spec["hosts"]]
        if needs_netem(link_options(quality))
    ]
    missing = netem_missing() if faulty else None
    if missing:
        raise TopologyError("%s: link %s: %s; %s" % (file, faulty[0], missing, NETEM_REMEDY))


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
        check_feasible(file, self.spec)
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
