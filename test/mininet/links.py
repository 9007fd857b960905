"""What mininet/links.py makes of a link's quality: `links.py MININET QUALITY`, as JSON; for a network namespace of its own."""

import json
import subprocess
import sys

sys.path.insert(0, sys.argv[1])

from mininet.log import setLogLevel  # noqa: E402
from mininet.node import Host  # noqa: E402

from links import FabricIntf, FabricLink, LinkError, link_options, needs_netem, netem_missing  # noqa: E402


def tc(command):
    """What tc itself says to a command; "" where it did it."""
    return subprocess.run(command, shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True).stdout


def main():
    setLogLevel("critical")
    quality = json.loads(sys.argv[2])
    options = link_options(quality)
    said = {"options": options, "netem": needs_netem(options), "missing": netem_missing()}
    a, b = Host("a"), Host("b")
    try:
        try:
            link = FabricLink(a, b, **options)
            said["qdiscs"] = [node.cmd("tc qdisc show dev %s" % intf) for node, intf in ((a, link.intf1), (b, link.intf2))]
            said["classes"] = [node.cmd("tc class show dev %s" % intf) for node, intf in ((a, link.intf1), (b, link.intf2))]
        except LinkError as error:
            said["error"] = str(error)
        # The same commands on an interface here, where tc's own words are to be had.
        subprocess.run("ip link add name va type veth peer name vb", shell=True, check=True)
        intf = FabricIntf.__new__(FabricIntf)
        intf.duplicate = options.get("duplicate")
        rate, parent = intf.bwCmds(bw=options.get("bw"))
        rest, _ = intf.delayCmds(
            parent, delay=options.get("delay"), loss=options.get("loss"), max_queue_size=options.get("max_queue_size")
        )
        commands = [command % ("tc", "va") for command in rate + rest]
        said["commands"] = [[command, tc(command)] for command in commands]
    finally:
        a.terminate()
        b.terminate()
    print(json.dumps(said))


main()
