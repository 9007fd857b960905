"""For Mininet's own command:

    sudo mn --custom mininet/custom.py --topo sincmesh,experiments/topologies/small.yaml \\
        --switch sincmesh --controller sincmesh --test pingall

`--switch bmv2` takes simple_switch_grpc. The switches alone, without topology file and controller, are P4Runtime targets that
wait for any controller: `sudo mn --custom mininet/custom.py --switch sincmesh --controller none`.
"""

import os
import sys

# mn executes this text without __file__; the code object knows where it came from.
sys.path.insert(0, os.path.dirname(os.path.abspath(sys._getframe().f_code.co_filename)))

from controller import FabricController  # noqa: E402
from switches import Bmv2Switch, EmbeddedSwitch  # noqa: E402
from topology import FabricHost, FabricTopo  # noqa: E402

topos = {"sincmesh": FabricTopo}
switches = {"sincmesh": EmbeddedSwitch, "bmv2": Bmv2Switch}
controllers = {"sincmesh": FabricController}
hosts = {"sincmesh": FabricHost}
