#!/usr/bin/env python3
"""Runs simple_switch_grpc between veth pairs in a network namespace of its own, for bmv2-lab.ts.

usage: unshare -n -m python3 veth-switch.py SOCKET PORT...

SOCKET is the Unix socket of the P4Runtime server. Lines on stdin, "PORT HEX", are frames to send into a port; lines on
stdout are the frames that come out. A line "settle" is answered with "settled" when everything that follows from the
frames before it has come out, or with "busy" where that does not happen. Ends when stdin does.
"""
import os
import selectors
import socket
import subprocess
import sys
import time

PACKET_OUTGOING = 4
# Within it a switch that has nothing to do comes to rest, on whatever machine.
SETTLE_S = 30


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def rest(pid):
    """How often each thread of a process has been on a processor; None where one is, or wants to be."""
    turns = {}
    for thread in os.listdir(f"/proc/{pid}/task"):
        try:
            with open(f"/proc/{pid}/task/{thread}/status") as status:
                fields = dict(line.split(":", 1) for line in status if ":" in line)
        except (FileNotFoundError, ProcessLookupError):
            return None
        if fields["State"].split()[0] != "S":
            return None
        turns[thread] = (fields["voluntary_ctxt_switches"], fields["nonvoluntary_ctxt_switches"])
    return turns


class Cables:
    """The veth pairs: the tests' end hN of each, the switch's end sN, and a look at what passes at the latter."""

    def __init__(self, ports):
        self.ends, self.taps = {}, {}
        # Frames: sent at hN, arrived at sN, sent at sN, arrived at hN.
        self.told, self.heard, self.answered, self.taken = ({port: 0 for port in ports} for _ in range(4))
        for port in ports:
            run("ip", "link", "add", f"h{port}", "type", "veth", "peer", "name", f"s{port}")
            for name in (f"h{port}", f"s{port}"):
                with open(f"/proc/sys/net/ipv6/conf/{name}/disable_ipv6", "w") as setting:
                    setting.write("1")
                run("ip", "link", "set", name, "up")
            self.ends[port] = self.open(f"h{port}")
            self.taps[port] = self.open(f"s{port}")

    @staticmethod
    def open(name):
        end = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
        end.bind((name, 0))
        end.setblocking(False)
        return end

    def send(self, port, frame):
        self.ends[port].send(frame)
        self.told[port] += 1

    def take(self):
        """Prints every frame that has come out."""
        for port, end in self.ends.items():
            for frame, is_outgoing in received(end):
                if not is_outgoing:
                    self.taken[port] += 1
                    print(port, frame.hex(), flush=True)
        for port, tap in self.taps.items():
            for _, is_outgoing in received(tap):
                (self.answered if is_outgoing else self.heard)[port] += 1

    def settle(self, pid):
        """
        Returns when the switch has done with every frame, and all that came out has been printed; False where it does not.
        A thread that has work for another wakes it before it sleeps itself. So where all sleep, and have not been on a
        processor between two looks, there was a moment between the looks when nothing was left to do.
        """
        end = time.monotonic() + SETTLE_S
        while time.monotonic() < end:
            self.take()
            turns = None
            # The kernel has given the switch what was sent.
            if all(self.heard[port] >= told for port, told in self.told.items()):
                turns = rest(pid)
            if turns is not None and rest(pid) == turns:
                self.take()
                if all(self.taken[port] >= answered for port, answered in self.answered.items()):
                    return True
            time.sleep(0.0002)
        return False


def received(end):
    """What waits at a socket: the bytes, and whether they were sent at this end."""
    while True:
        try:
            frame, address = end.recvfrom(65536)
        except BlockingIOError:
            return
        yield frame, address[2] == PACKET_OUTGOING


def main():
    server, ports = sys.argv[1], [int(text) for text in sys.argv[2:]]
    # BMv2 reads the state of ports in sysfs, which shows the namespace it was mounted in.
    run("mount", "-t", "sysfs", "sysfs", "/sys")
    run("ip", "link", "set", "lo", "up")
    selector = selectors.DefaultSelector()
    cables = Cables(ports)
    for end in (*cables.ends.values(), *cables.taps.values()):
        selector.register(end, selectors.EVENT_READ)
    interfaces = [word for port in ports for word in ("-i", f"{port}@s{port}")]
    switch = subprocess.Popen(
        ["simple_switch_grpc", "--no-p4", "--device-id", "1", "--log-level", "off", *interfaces,
         "--notifications-addr", f"ipc://{server}.notifications", "--",
         "--grpc-server-addr", f"unix:{server}", "--cpu-port", "510", "--drop-port", "511"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    selector.register(sys.stdin.fileno(), selectors.EVENT_READ)
    pending = b""
    try:
        while True:
            ready = [key.fileobj for key, _ in selector.select()]
            cables.take()
            if sys.stdin.fileno() not in ready:
                continue
            data = os.read(sys.stdin.fileno(), 1 << 16)
            if not data:
                return
            *lines, pending = (pending + data).split(b"\n")
            for line in lines:
                if line == b"settle":
                    print("settled" if cables.settle(switch.pid) else "busy", flush=True)
                    continue
                port, frame = line.decode().split()
                cables.send(int(port), bytes.fromhex(frame))
    finally:
        switch.kill()
        switch.wait()


main()
