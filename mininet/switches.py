"""Mininet switch classes for P4Runtime targets.

Both have the same interface: a number, a gRPC address, ports in the order of their links. They are ordinary Mininet
Switch classes, so they also work with Mininet's own command (custom.py) and from the Python API.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time

from mininet.node import Switch

import interrupts

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FIRST_GRPC_PORT = 50051
FIRST_THRIFT_PORT = 59090
CPU_PORT = 510
START_TIMEOUT_S = 20


class P4RuntimeSwitch(Switch):
    """A process that serves P4Runtime on loopback and has the switch's interfaces as ports."""

    instances = 0

    def __init__(self, name, device_id=None, topology=None, log_dir=None, pcap_dir=None, **params):
        params["inNamespace"] = False
        Switch.__init__(self, name, **params)
        P4RuntimeSwitch.instances += 1
        self.device_id = device_id or P4RuntimeSwitch.instances
        self.grpc_port = FIRST_GRPC_PORT + self.device_id
        self.topology = topology
        self.log_dir = log_dir
        self.pcap_dir = pcap_dir
        self.process = None
        self.log = None

    @property
    def grpc_address(self):
        return "127.0.0.1:%d" % self.grpc_port

    def ports_needed(self):
        """TCP ports on loopback that the process listens on."""
        return [self.grpc_port]

    def port_arguments(self):
        """`-i port@interface` for every link; Mininet's port numbers are the topology's."""
        arguments = []
        for port, intf in sorted(self.intfs.items()):
            if intf.name != "lo":
                arguments += ["-i", "%d@%s" % (port, intf.name)]
        return arguments

    def command(self):
        raise NotImplementedError

    def start(self, controllers):
        """Returns when the switch serves P4Runtime and the controllers that can have set it up."""
        interrupts.check()
        for intf in self.intfs.values():
            if intf.name != "lo":
                prepare_interface(self, intf.name)
        self.launch()
        self.wait_until_serving()
        for controller in controllers:
            if hasattr(controller, "connect"):
                controller.connect(self, self.topology)

    def launch(self):
        """Starts the process, again where it has ended."""
        for port in self.ports_needed():
            require_free(self.name, port)
        if self.log is None:
            kept = self.log_dir and os.path.join(self.log_dir, "%s.log" % self.name)
            self.log = open(kept, "w+") if kept else tempfile.TemporaryFile("w+")
        # A session of its own: what a terminal sends to all is for who started it.
        with interrupts.whole():
            self.process = subprocess.Popen(
                self.command(), stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, start_new_session=True
            )

    def kill(self):
        """Ends the process as a crash would."""
        self.process.kill()
        self.process.wait()

    def connected(self):
        return self.process is not None and self.process.poll() is None

    def wait_until_serving(self):
        """Returns when the gRPC port answers; raises where the process ends first or takes too long."""
        deadline = time.time() + START_TIMEOUT_S
        while time.time() < deadline:
            interrupts.check()
            if self.process.poll() is not None:
                raise RuntimeError(
                    "%s: %s ended with status %s: %s"
                    % (self.name, self.command()[0], self.process.returncode, self.last_words())
                )
            try:
                socket.create_connection(("127.0.0.1", self.grpc_port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("%s does not answer on %s" % (self.name, self.grpc_address))

    def last_words(self):
        """The end of what the process has printed."""
        self.log.seek(0)
        return "\n".join(self.log.read().strip().splitlines()[-10:])

    def stop(self, deleteIntfs=True):
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.log:
            self.log.close()
            self.log = None
        Switch.stop(self, deleteIntfs)


class Bmv2Switch(P4RuntimeSwitch):
    """BMv2's simple_switch_grpc."""

    program = "simple_switch_grpc"

    @classmethod
    def missing(cls):
        return None if shutil.which(cls.program) else "%s is not on the PATH" % cls.program

    def ports_needed(self):
        return [self.grpc_port, FIRST_THRIFT_PORT + self.device_id]

    def command(self):
        pcap = ["--pcap", self.pcap_dir] if self.pcap_dir else []
        return (
            [self.program, "--no-p4", "--device-id", str(self.device_id)]
            + ["--thrift-port", str(FIRST_THRIFT_PORT + self.device_id)]
            + pcap
            + self.port_arguments()
            + ["--", "--grpc-server-addr", self.grpc_address, "--cpu-port", str(CPU_PORT)]
        )


class EmbeddedSwitch(P4RuntimeSwitch):
    """The embedded switch of this project, on the same interfaces."""

    @classmethod
    def missing(cls):
        if not shutil.which("node"):
            return "node is not on the PATH"
        if not os.path.exists(os.path.join(ROOT, "dist", "cli", "main.js")):
            return "dist/ is missing; run npm ci"
        return None

    def command(self):
        pcap = ["--pcap", self.pcap_dir] if self.pcap_dir else []
        return (
            ["node", os.path.join(ROOT, "dist", "cli", "main.js"), "switch"]
            + ["--no-p4", "--device-id", str(self.device_id)]
            + pcap
            + self.port_arguments()
            + ["--", "--grpc-server-addr", self.grpc_address, "--cpu-port", str(CPU_PORT)]
        )


def require_free(name, port):
    """Raises where a port on loopback is taken: the controller would talk to whoever has it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise RuntimeError(
                "%s: port %d on 127.0.0.1 is taken; end what listens there (ss -ltnp sport = :%d), perhaps another run"
                % (name, port, port)
            ) from None


def prepare_interface(node, name):
    """Offloads leave checksums to a card that is not there; IPv6 chatter would only be counted as unknown."""
    for feature in ("rx", "tx", "sg", "tso", "gso", "gro"):
        node.cmd("ethtool -K %s %s off" % (name, feature))
    node.cmd("sysctl -q -w net.ipv6.conf.%s.disable_ipv6=1" % name)


SWITCHES = {"bmv2": Bmv2Switch, "embedded": EmbeddedSwitch}
