"""sincmesh's controller as a Mininet controller class."""

import os
import subprocess

from mininet.node import Controller, Node

from processes import Lines, node_script


class FabricController(Controller):
    """Drives P4RuntimeSwitch switches of one topology file; it starts when the first of them asks to be connected."""

    def __init__(self, name, inNamespace=False, log_dir=None, **params):
        # Not Controller's: that looks for an OpenFlow port.
        Node.__init__(self, name, inNamespace=inNamespace, **params)
        self.log_dir = log_dir
        self.lines = None
        self.log = None

    def start(self):
        """Nothing yet: the topology file comes with the first switch."""

    def connect(self, switch, topology):
        """Returns when the switch holds everything it should."""
        if self.lines is None:
            if self.log_dir:
                self.log = open(os.path.join(self.log_dir, "%s.log" % self.name), "w")
            process = subprocess.Popen(
                node_script("controller.js") + [topology],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self.log or subprocess.DEVNULL,
                universal_newlines=True,
                start_new_session=True,
            )
            self.lines = Lines(process)
        self.lines.ask("connect", switch=switch.name, address=switch.grpc_address, device_id=switch.device_id)
        self.lines.ask("settled")

    def ask(self, op, **arguments):
        return self.lines.ask(op, **arguments)

    def stop(self, *args, **kwargs):
        if self.lines is not None:
            self.lines.close()
            self.lines = None
        if self.log:
            self.log.close()
            self.log = None
        Node.stop(self, *args, **kwargs)
