"""A running Mininet network made of a sincmesh topology file, with its controller and the host library on every host."""

import json
import os
import subprocess

from mininet.net import Mininet

import interrupts
import teardown
from controller import FabricController
from processes import Lines, node_script
from topology import FabricTopo


class Fabric:
    """The network, its controller and an agent on every host. Use it in a `with`: everything is torn down, also on error."""

    def __init__(self, topology, switch_class, log_dir=None, pcap_dir=None):
        self.topo = FabricTopo(topology, log_dir=log_dir, pcap_dir=pcap_dir)
        self.spec = self.topo.spec
        self.log_dir = log_dir
        self.switch_class = switch_class
        self.net = None
        self.agents = {}
        self.logs = []

    def __enter__(self):
        self.signals = interrupts.taken()
        self.signals.__enter__()
        try:
            with interrupts.whole():
                self.net = Mininet(topo=self.topo, switch=self.switch_class, controller=None, build=False)
                self.net.addController("controller", controller=FabricController, log_dir=self.log_dir)
                self.net.build()
                self.net.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        try:
            with interrupts.ending():
                self.close()
        except interrupts.Interrupted:
            # It came at the last moment before that.
            with interrupts.ending():
                self.close()
        finally:
            self.signals.__exit__(None, None, None)

    @property
    def controller(self):
        return self.net.controllers[0]

    def host(self, name):
        return self.net.get(name)

    def switch(self, name):
        return self.net.get(name)

    def environment(self, name):
        """What a process on a host has to have in its environment to be that host (openHost, experiments/processes/open-host.ts)."""
        place = {"name": name, "address": self.host(name).IP(), "service": self.topo.service, "key": self.topo.key}
        return dict(os.environ, SINCMESH_HOST=json.dumps(place))

    def popen(self, name, command, **options):
        """A program of one's own on a host, as subprocess.Popen has it; it ends with the network at the latest."""
        self.stop_agent(name)
        return self.host(name).popen(command, env=self.environment(name), **options)

    def agent(self, name):
        """The host library running on a host, as a process in its namespace."""
        if name not in self.agents:
            with interrupts.whole():
                process = self.host(name).popen(
                    node_script("host.js"),
                    env=self.environment(name),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=self._log(name),
                    universal_newlines=True,
                )
                self.agents[name] = Lines(process)
            self.agents[name].ask("attach")
        return self.agents[name]

    def kill_agent(self, name):
        """Ends a host's agent as a crash would; `agent` starts another."""
        agent = self.agents.pop(name, None)
        if agent is not None:
            agent.kill()

    def stop_agent(self, name):
        """Ends a host's agent in good order, where there is one: what it serves is deregistered, its ports are free."""
        agent = self.agents.pop(name, None)
        if agent is not None:
            agent.close()

    def close(self):
        for agent in self.agents.values():
            agent.end_input()
        for agent in self.agents.values():
            agent.close()
        self.agents.clear()
        net, self.net = self.net, None
        try:
            if net is not None:
                teardown.stop(net)
        finally:
            teardown.delete_interfaces(self.spec)
            for log in self.logs:
                log.close()
            self.logs.clear()

    def _log(self, name):
        if self.log_dir is None:
            return subprocess.DEVNULL
        log = open(os.path.join(self.log_dir, "%s.log" % name), "a")
        self.logs.append(log)
        return log
