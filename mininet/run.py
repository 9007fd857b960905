#!/usr/bin/env python3
"""Runs a sincmesh fabric in Mininet, on BMv2 or on the embedded switch.

    sudo python3 mininet/run.py --switch embedded --test all
    sudo python3 mininet/run.py --switch bmv2 --cli
"""

import argparse
import json
import os
import signal
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
# The folder's name is Mininet's own: its parent must not come first, or `import mininet` would find us.
sys.path[:] = [path for path in sys.path if os.path.abspath(path or ".") != os.path.dirname(HERE)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = os.path.join(os.path.dirname(HERE), "experiments", "topologies", "leaf-spine.yaml")
    parser.add_argument("--topology", default=default, help="topology file (default: the leaf-spine of npm start)")
    parser.add_argument("--switch", choices=("embedded", "bmv2"), default="embedded")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--test", default="all", help="all, or a list of scenarios, also kills-many, allreduce, allreduce-wide, allreduce-tcp (default: %(default)s)")
    what.add_argument("--cli", action="store_true", help="Mininet's command line instead of tests")
    parser.add_argument("--json", action="store_true", help="a line of JSON for each scenario")
    parser.add_argument("--logs", metavar="DIR", help="keep what switches, controller and hosts print")
    parser.add_argument("--pcap", metavar="DIR", help="keep the packets of every switch port")
    options = parser.parse_args()

    if os.geteuid() != 0:
        sys.exit("mininet needs root: run it with sudo")
    try:
        from mininet.log import setLogLevel
    except ImportError:
        sys.exit(
            f"{sys.executable} has no Mininet: apt-get install mininet (Debian, Ubuntu), which is for /usr/bin/python3"
        )
    from interrupts import Interrupted
    from links import LinkError
    from scenarios import MEASUREMENTS, SCENARIOS
    from switches import SWITCHES
    from topology import TopologyError

    names = list(SCENARIOS) if options.test == "all" else options.test.split(",")
    known = {**SCENARIOS, **MEASUREMENTS}
    unknown = [name for name in names if name not in known]
    if unknown:
        sys.exit("no scenario '%s'; there are: all, %s" % (unknown[0], ", ".join(known)))
    switch_class = SWITCHES[options.switch]
    missing = switch_class.missing()
    if missing:
        sys.exit("--switch %s: %s" % (options.switch, missing))
    for folder in (options.logs, options.pcap):
        if folder:
            os.makedirs(folder, exist_ok=True)

    setLogLevel("info" if options.cli else "critical")
    try:
        return run(options, names, known, switch_class)
    except (LinkError, TopologyError, RuntimeError) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except Interrupted as interrupted:
        print("%s; everything is torn down" % interrupted, file=sys.stderr)
        return 128 + interrupted.signum


def run(options, names, known, switch_class):
    from mininet.cli import CLI

    from fabric import Fabric
    from scenarios import Failed

    failed = 0
    with Fabric(options.topology, switch_class, options.logs, options.pcap) as fabric:
        print("%d switches (%s) and %d hosts are up" % (len(fabric.net.switches), options.switch, len(fabric.net.hosts)), flush=True)
        if options.cli:
            # There Ctrl-C ends the command that runs, as in Mininet's own.
            signal.signal(signal.SIGINT, signal.default_int_handler)
            CLI(fabric.net)
            return 0
        for name in names:
            begun = time.time()
            try:
                said, verdict = known[name](fabric), "ok"
            except (Failed, RuntimeError) as error:
                failed += 1
                said, verdict = error, "FAIL"
            seconds = time.time() - begun
            if options.json:
                figures = getattr(said, "figures", {})
                print(json.dumps({"scenario": name, "verdict": verdict, "said": str(said), **figures}), flush=True)
            else:
                print("%-10s %5.1f s  %-5s %s" % (name, seconds, verdict, said), flush=True)
    print("%d passed, %d failed" % (len(names) - failed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
