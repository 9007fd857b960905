"""HTTP through the fabric: a stock server on one host, `sincmesh gateway` on two, and any HTTP client."""

import os
import subprocess
import tempfile
import time

from switches import ROOT

CLI = ["node", os.path.join(ROOT, "dist", "cli", "main.js")]
GATEWAY_PORT = 8080
ORIGIN_PORT = 8000
START_TIMEOUT_S = 20

# Answers GET /<n> with n bytes, and a POST with its own body.
ORIGIN = """
const { createServer } = require('node:http');
createServer((request, response) => {
  if (request.method === 'POST') return request.pipe(response);
  response.end(Buffer.alloc(Number(request.url.split('/').pop()) || 0, 'x'));
}).listen(%d, '%s');
"""


def wait_until(condition, process, what):
    deadline = time.time() + START_TIMEOUT_S
    while time.time() < deadline:
        if process.poll() is not None:
            raise RuntimeError("%s has ended with status %d" % (what, process.returncode))
        if condition():
            return
        time.sleep(0.05)
    raise RuntimeError("%s is not ready after %d s" % (what, START_TIMEOUT_S))


def start_origin(host):
    process = host.popen(["node", "-e", ORIGIN % (ORIGIN_PORT, host.IP())], stdout=subprocess.DEVNULL)
    listens = lambda: ":%d" % ORIGIN_PORT in host.cmd("ss -ltnH sport = :%d" % ORIGIN_PORT)
    wait_until(listens, process, "the HTTP server on %s" % host.name)
    return process


def start_gateway(fabric, host, *arguments):
    """`sincmesh gateway` on a host. It has the host's named port to itself: no agent may run there."""
    fabric.stop_agent(host.name)
    command = (
        CLI
        + ["gateway", "--address", host.IP(), "--service-address", fabric.topo.service]
        + ["--name", "/host/%s" % host.name, "--listen", "%s:%d" % (host.IP(), GATEWAY_PORT)]
        + list(arguments)
    )
    said = tempfile.TemporaryFile("w+")
    process = host.popen(command, stdout=said)

    def ready():
        said.seek(0)
        # A line for every name it serves, and one for the port it takes HTTP on.
        return len(said.readlines()) >= len(arguments) // 2

    wait_until(ready, process, "the gateway on %s" % host.name)
    return process


def stop(processes):
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
