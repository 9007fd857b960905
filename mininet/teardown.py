"""The end of a network, from whatever state: no process, no interface, no namespace is left."""

import os
import re
import signal
import subprocess
import time

PATIENCE_S = 3


def stop(net):
    """As Mininet.stop, also where a host is in the middle of a command, or something still runs on it."""
    shells = {node.pid for node in net.hosts if node.shell}
    for pid in processes_on(net.hosts):
        if pid not in shells:
            kill(pid)
    for node in net.hosts + net.switches + net.controllers:
        finish_command(node)
    net.stop()


def finish_command(node):
    """Lets a node take commands again."""
    deadline = time.time() + PATIENCE_S
    while node.shell and node.waiting and time.time() < deadline:
        node.sendInt()
        node.monitor(timeoutms=200)


def processes_on(hosts):
    """Process ids in the network namespaces of these hosts."""
    own = namespace("self")
    theirs = {namespace(host.pid) for host in hosts if host.shell} - {own, None}
    return [int(pid) for pid in os.listdir("/proc") if pid.isdigit() and namespace(pid) in theirs]


def namespace(pid):
    try:
        return os.readlink("/proc/%s/ns/net" % pid)
    except OSError:
        return None


def kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def delete_interfaces(spec):
    """Deletes the interfaces of a topology's switches that are still there, and with each its other end."""
    ends = [link[end] for link in spec["links"] for end in ("a", "b")] + spec["hosts"]
    ours = {"%s-eth%d" % (end["switch"], end["port"]) for end in ends} | {"%s-eth0" % host["name"] for host in spec["hosts"]}
    listed = subprocess.run(["ip", "-o", "link", "show"], stdout=subprocess.PIPE, universal_newlines=True).stdout
    for name in re.findall(r"^\d+: ([^:@\s]+)", listed, re.M):
        if name in ours:
            subprocess.run(["ip", "link", "del", name], stderr=subprocess.DEVNULL, check=False)
