#!/usr/bin/env python3
"""Runs simple_switch_grpc between veth pairs in a network namespace of its own, for bmv2-lab.ts.

usage: unshare -n -m python3 veth-switch.py SOCKET PORT...

SOCKET is the Unix socket of the P4Runtime server. Lines on stdin, "PORT HEX", are frames to send into a port; lines on
stdout are the frames that come out. Ends when stdin does.
"""
import os
import selectors
import socket
import subprocess
import sys

PACKET_OUTGOING = 4


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def main():
    server, ports = sys.argv[1], [int(text) for text in sys.argv[2:]]
    # BMv2 reads the state of ports in sysfs, which shows the namespace it was mounted in.
    run("mount", "-t", "sysfs", "sysfs", "/sys")
    run("ip", "link", "set", "lo", "up")
    selector = selectors.DefaultSelector()
    sockets, interfaces = {}, []
    for port in ports:
        run("ip", "link", "add", f"h{port}", "type", "veth", "peer", "name", f"s{port}")
        for name in (f"h{port}", f"s{port}"):
            with open(f"/proc/sys/net/ipv6/conf/{name}/disable_ipv6", "w") as setting:
                setting.write("1")
            run("ip", "link", "set", name, "up")
        sockets[port] = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
        sockets[port].bind((f"h{port}", 0))
        selector.register(sockets[port], selectors.EVENT_READ, port)
        interfaces += ["-i", f"{port}@s{port}"]
    switch = subprocess.Popen(
        ["simple_switch_grpc", "--no-p4", "--device-id", "1", "--log-level", "off", *interfaces,
         "--notifications-addr", f"ipc://{server}.notifications", "--",
         "--grpc-server-addr", f"unix:{server}", "--cpu-port", "510", "--drop-port", "511"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    selector.register(sys.stdin.fileno(), selectors.EVENT_READ, None)
    pending = b""
    try:
        while True:
            for key, _ in selector.select():
                if key.data is not None:
                    frame, address = key.fileobj.recvfrom(65536)
                    if address[2] != PACKET_OUTGOING:
                        print(key.data, frame.hex(), flush=True)
                    continue
                data = os.read(sys.stdin.fileno(), 1 << 16)
                if not data:
                    return
                *lines, pending = (pending + data).split(b"\n")
                for line in lines:
                    port, frame = line.decode().split()
                    sockets[int(port)].send(bytes.fromhex(frame))
    finally:
        switch.kill()
        switch.wait()


main()
