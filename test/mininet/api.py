"""A script as docs/mininet.md has it: `api.py MININET TOPOLOGY SWITCH NODE_SCRIPT`."""

import subprocess
import sys

sys.path.insert(0, sys.argv[1])
from fabric import Fabric  # noqa: E402
from switches import SWITCHES  # noqa: E402

with Fabric(sys.argv[2], SWITCHES[sys.argv[3]]) as fabric:
    fabric.agent("h3").ask("serve", service="/shop/cart")
    fabric.controller.ask("settled")
    print(fabric.agent("h1").ask("call", service="/shop/cart", count=10))
    server = fabric.popen("h4", ["node", sys.argv[4], "serve", "/own/service"], stdout=subprocess.PIPE, text=True)
    print(server.stdout.readline().strip())
    fabric.controller.ask("settled")
    caller = fabric.popen("h1", ["node", sys.argv[4], "call", "/own/service"], stdout=subprocess.PIPE, text=True)
    print(caller.communicate(timeout=60)[0].strip())
    print(fabric.host("h1").cmd("ping -c 1 10.0.2.2"))
    raise SystemExit("%s still runs" % server.pid if server.poll() is None else "it has ended")
