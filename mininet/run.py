#!/usr/bin/env python3
"""Runs a sincmesh fabric in Mininet, on BMv2 or on the embedded switch.

    sudo python3 mininet/run.py --switch embedded --test all
    sudo python3 mininet/run.py --switch bmv2 --cli
"""

import argparse
import os
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
    what.add_argument("--test", default="all", help="all, or a list of scenarios: %(default)s")
    what.add_argument("--cli", action="store_true", help="Mininet's command line instead of tests")
    parser.add_argument("--logs", metavar="DIR", help="keep what switches, controller and hosts print")
    parser.add_argument("--pcap", metavar="DIR", help="keep the packets of every switch port")
    options = parser.parse_args()

    if os.geteuid() != 0:
        sys.exit("mininet needs root: run it with sudo")
    try:
        from mininet.cli import CLI
        from mininet.log import setLogLevel
    except ImportError:
        sys.exit("Mininet is not there: apt-get install mininet (Debian, Ubuntu)")
    from fabric import Fabric
    from scenarios import SCENARIOS, Failed
    from switches import SWITCHES

    names = list(SCENARIOS) if options.test == "all" else options.test.split(",")
    unknown = [name for name in names if name not in SCENARIOS]
    if unknown:
        sys.exit("no scenario '%s'; there are: all, %s" % (unknown[0], ", ".join(SCENARIOS)))
    switch_class = SWITCHES[options.switch]
    missing = switch_class.missing()
    if missing:
        sys.exit("--switch %s: %s" % (options.switch, missing))
    for folder in (options.logs, options.pcap):
        if folder:
            os.makedirs(folder, exist_ok=True)

    setLogLevel("info" if options.cli else "warning")
    failed = 0
    with Fabric(options.topology, switch_class, options.logs, options.pcap) as fabric:
        print("%d switches (%s) and %d hosts are up" % (len(fabric.net.switches), options.switch, len(fabric.net.hosts)), flush=True)
        if options.cli:
            CLI(fabric.net)
            return 0
        for name in names:
            begun = time.time()
            try:
                verdict = "ok    %s" % SCENARIOS[name](fabric)
            except (Failed, RuntimeError) as error:
                failed += 1
                verdict = "FAIL  %s" % error
            print("%-10s %5.1f s  %s" % (name, time.time() - begun, verdict), flush=True)
    print("%d passed, %d failed" % (len(names) - failed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
