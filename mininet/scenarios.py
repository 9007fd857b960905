"""What can be tried on a running fabric. Each scenario returns what it measured, and raises where something is wrong."""

import hashlib
import json
import os
import random
import re
import tempfile
import time

import web


class Failed(Exception):
    """A scenario found something that is not as it should be."""


class Measured(str):
    """What a scenario says, and its figures for programs."""

    def __new__(cls, text, **figures):
        measured = super().__new__(cls, text)
        measured.figures = figures
        return measured


def check(condition, message):
    if not condition:
        raise Failed(message)


def hosts_of(fabric, count=None):
    names = [host["name"] for host in fabric.spec["hosts"]]
    return names[:count]


def pingall(fabric):
    lost = fabric.net.pingAll(timeout="2")
    check(lost == 0, "%.0f %% of pings lost" % lost)
    return "no ping lost between %d hosts" % len(hosts_of(fabric))


def iperf(fabric):
    names = hosts_of(fabric)
    client, server = fabric.host(names[0]), fabric.host(names[-1])
    process = server.popen(["iperf", "-s"])
    try:
        while "5001" not in server.cmd("ss -ltn") and process.poll() is None:
            time.sleep(0.05)
        report = client.cmd("iperf -c %s -t 1 -f m" % server.IP())
    finally:
        process.terminate()
        process.wait()
    rate = re.search(r"([\d.]+) Mbits/sec", report)
    check(rate is not None and float(rate.group(1)) > 0, "iperf said: %s" % report.strip())
    return "TCP %s Mbit/s from %s to %s" % (rate.group(1), names[0], names[-1])


def services(fabric):
    names = hosts_of(fabric)
    caller, instances = names[0], names[1:4]
    for name in instances:
        fabric.agent(name).ask("serve", service="/shop/cart", weight=1)
    fabric.controller.ask("settled")
    result = fabric.agent(caller).ask("call", service="/shop/cart", count=60)
    check(result["wrong"] == 0, "%d wrong answers" % result["wrong"])
    check(sum(result["answered"].values()) == 60, "answers: %s" % result["answered"])
    check(set(result["answered"]) == set(instances), "only %s answered" % sorted(result["answered"]))
    return "60 calls answered: %s" % result["answered"]


def reduce(fabric, values=100_000, rounds=1, window=8):
    """All-reduce by switches. `window`: BMv2 queues 64 packets a port, and all workers together should not have many more under way."""
    names = hosts_of(fabric)
    workers, destination = names[: min(8, len(names) - 1)], names[-1]
    group = fabric.controller.ask("reduce", hosts=workers, window=window, destination=destination)
    address = fabric.host(destination).IP()
    shared = dict(group=group["group"], sources=len(workers), window=window)
    fabric.agent(destination).ask("fallback_reduce", **shared)
    running = [
        fabric.agent(name).start("reduce", source=source, values=values, rounds=rounds, destination=address, **shared)
        for name, source in [(name, source) for name, source in group["sources"] if fabric.agent(name)]
    ]
    results = [fabric.agent(name).finish(waiter) for (name, _), waiter in zip(group["sources"], running)]
    wrong = sum(result["wrong"] for result in results)
    check(wrong == 0, "%d sums wrong" % wrong)
    counters = fabric.agent(destination).ask("fallback_reduce", **shared)
    slowest = max(result["ms"] for result in results)
    goodput = values * rounds * 32 / slowest / 1000
    return Measured(
        "%d hosts x %d values exact in %.0f ms: %.1f Mbit/s a host, %d packets repeated, %d computed by the host"
        % (
            len(workers),
            values * rounds,
            slowest,
            goodput,
            sum(result["retransmitted"] for result in results),
            counters["combined"],
        ),
        goodput_mbps=goodput,
    )


def reduce_one(fabric, values=50_000, rounds=2, window=8):
    """A sum that the destination alone gets: the workers send it, and hear only that it has arrived."""
    names = hosts_of(fabric)
    workers, destination = names[: min(8, len(names) - 1)], names[-1]
    group = fabric.controller.ask("reduce", hosts=workers, window=window, destination=destination)
    shared = dict(group=group["group"], sources=len(workers), window=window, values=values, rounds=rounds)
    sources = sorted(group["sources"], key=lambda pair: pair[1])
    members = [fabric.host(name).IP() for name, _ in sources]
    sink = fabric.agent(destination).start("reduce_sink", members=members, **shared)
    address = fabric.host(destination).IP()
    running = [(name, fabric.agent(name).start("contribute", source=source, destination=address, **shared)) for name, source in sources]
    repeated = sum(fabric.agent(name).finish(waiter)["retransmitted"] for name, waiter in running)
    result = fabric.agent(destination).finish(sink)
    check(result["wrong"] == 0, "%d sums wrong" % result["wrong"])
    check(result["combined"] == 0, "%d packets were computed by the host" % result["combined"])
    return "%d hosts x %d values exact at %s alone, %d packets repeated" % (len(workers), values * rounds, destination, repeated)


def tcp_reduce(fabric, values=100_000, rounds=1):
    """The same job over a parameter server and plain TCP, on the same hosts and switches."""
    names = hosts_of(fabric)
    workers, server = names[: min(8, len(names) - 1)], names[-1]
    fabric.agent(server).ask("tcp_serve", workers=len(workers), values=values)
    for name in workers:
        fabric.agent(name).ask("tcp_connect", server=fabric.host(server).IP())
    shared = dict(sources=len(workers), values=values, rounds=rounds)
    running = [fabric.agent(name).start("tcp_reduce", source=i, **shared) for i, name in enumerate(workers)]
    results = [fabric.agent(name).finish(waiter) for name, waiter in zip(workers, running)]
    wrong = sum(result["wrong"] for result in results)
    check(wrong == 0, "%d sums wrong" % wrong)
    slowest = max(result["ms"] for result in results)
    goodput = values * rounds * 32 / slowest / 1000
    return Measured(
        "%d hosts x %d values over TCP in %.0f ms: %.1f Mbit/s a host" % (len(workers), values * rounds, slowest, goodput),
        goodput_mbps=goodput,
    )


def gateway(fabric, calls=40):
    """curl on one host, a stock HTTP server on another, and nothing but names between their gateways."""
    names = hosts_of(fabric)
    client, server = fabric.host(names[0]), fabric.host(names[-1])
    origin = "http://%s:%d" % (server.IP(), web.ORIGIN_PORT)
    running = []
    try:
        running.append(web.start_origin(server))
        running.append(web.start_gateway(fabric, server, "--serve", "/web/shop=%s" % origin))
        running.append(web.start_gateway(fabric, client, "--route", "/shop=/web/shop"))
        url = "http://%s:%d/shop" % (client.IP(), web.GATEWAY_PORT)
        with tempfile.TemporaryDirectory() as folder:
            body, back = os.path.join(folder, "body"), os.path.join(folder, "back")
            for size in (0, 1 << 10, 1 << 16, 1 << 20):
                with open(body, "wb") as file:
                    file.write(random.Random(size).randbytes(size))
                status = client.cmd("curl -s -m 20 -o %s -w '%%{http_code}' --data-binary @%s %s/echo" % (back, body, url))
                check(status.strip() == "200", "POST of %d bytes: status %s" % (size, status))
                check(digest(body) == digest(back), "POST of %d bytes came back changed" % size)
        many = client.cmd(
            "curl -s -m 20 --parallel --parallel-max 10 2>/dev/null -o /dev/null -w '%%{http_code} %%{size_download} %%{time_total}\\n' '%s/[1001-%d]'"
            % (url, 1000 + calls)
        )
        answers = [line.split() for line in many.split("\n") if line.strip()]
        check(len(answers) == calls, "%d of %d calls ended" % (len(answers), calls))
        check(all(status == "200" for status, _, _ in answers), "statuses %s" % sorted({a[0] for a in answers}))
        sizes = sorted(int(size) for _, size, _ in answers)
        check(sizes == list(range(1001, 1001 + calls)), "bodies of other lengths: %s" % sizes[:5])
        times = sorted(float(seconds) for _, _, seconds in answers)
        return "bodies of 0 to 1 Mi bytes unchanged; %d GETs, 10 at once: %.1f ms at the median" % (
            calls,
            times[len(times) // 2] * 1000,
        )
    finally:
        web.stop(running)


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def kills(fabric, count=3, seed=1):
    """
    Calls go on while servers, switches and gateways are killed in turn, at random moments, and come back. Every call has to end, with an answer or
    a typed error, within its deadline.
    """
    dice = random.Random(seed)
    names = hosts_of(fabric)
    caller, servers, surfer, web_host = names[0], names[1:-2][:2], names[-2], names[-1]
    deadline_ms = 1500
    for name in servers:
        fabric.agent(name).ask("serve", service="/shop/till", weight=1, ttl_ms=1000)
    fabric.controller.ask("settled")
    origin = "http://%s:%d" % (fabric.host(web_host).IP(), web.ORIGIN_PORT)
    ways = {web_host: ("--serve", "/web/till=%s" % origin), surfer: ("--route", "/till=/web/till")}
    running = [web.start_origin(fabric.host(web_host))]
    gateways = {}
    killed = []
    try:
        for name, way in ways.items():
            gateways[name] = web.start_gateway(fabric, fabric.host(name), *way)
        fabric.agent(caller).ask("load", service="/shop/till", deadline_ms=deadline_ms)
        url = "http://%s:%d/till/100" % (fabric.host(surfer).IP(), web.GATEWAY_PORT)
        loop = "while :; do curl -s -m 10 -o /dev/null -H 'x-request-timeout-ms: %d' -w '%%{http_code} %%{time_total}\\n' %s; sleep 0.02; done"
        with tempfile.TemporaryFile("w+") as seen:
            surfing = fabric.host(surfer).popen(["sh", "-c", loop % (deadline_ms, url)], stdout=seen)
            running.append(surfing)
            for number in range(count):
                kind = ("server", "switch", "gateway")[number % 3]
                killed.append(kind)
                if kind == "server":
                    name = dice.choice(servers)
                    fabric.kill_agent(name)
                    time.sleep(dice.uniform(0.2, 1.5))
                    fabric.agent(name).ask("serve", service="/shop/till", weight=1, ttl_ms=1000)
                elif kind == "switch":
                    switch = dice.choice(fabric.net.switches)
                    switch.kill()
                    time.sleep(dice.uniform(0, 0.5))
                    switch.launch()
                    switch.wait_until_serving()
                    fabric.controller.ask("settled")
                else:
                    name = dice.choice(sorted(gateways))
                    gateways[name].kill()
                    gateways[name].wait()
                    gateways[name] = web.start_gateway(fabric, fabric.host(name), *ways[name])
                time.sleep(dice.uniform(0.1, 0.5))
            time.sleep(1.5)
            ends = fabric.agent(caller).ask("stop_load")
            web.stop([surfing])
            seen.seek(0)
            pages = [line.split() for line in seen if line.strip()]
        after = fabric.agent(caller).ask("call", service="/shop/till", count=20)
    finally:
        web.stop(running + list(gateways.values()))
    said = "%d kills (%s): " % (count, ", ".join("%d %s" % (killed.count(kind), kind) for kind in sorted(set(killed))))
    check(ends["unfinished"] == 0, said + "%d calls never ended" % ends["unfinished"])
    check(ends["late"] == 0, said + "%d calls ended after their deadline" % ends["late"])
    check(ends["untyped"] == 0, said + "%d calls ended with an untyped error: %s" % (ends["untyped"], ends["errors"]))
    # 000: the gateway itself was away, and the client was told so at once.
    statuses = {status: sum(1 for page in pages if page[0] == status) for status in sorted({page[0] for page in pages})}
    slowest = max(float(seconds) for _, seconds in pages)
    check(slowest < 10, said + "an HTTP call hung: %s" % statuses)
    check(set(statuses) <= {"000", "200", "502", "503", "504"}, said + "HTTP statuses %s" % statuses)
    check(after["wrong"] == 0 and sum(after["answered"].values()) == 20, said + "afterwards: %s" % after)
    return said + "%d calls answered, errors %s, all in time; HTTP %s, slowest %.0f ms" % (
        ends["answered"],
        json.dumps(ends["errors"]),
        json.dumps(statuses),
        slowest * 1000,
    )


MEBI = 1 << 20


def cells(fabric):
    """A group of cells with a client on all hosts but the last, which is where packets go that no switch computes."""
    names = hosts_of(fabric)
    clients, destination = names[: min(6, len(names) - 1)], names[-1]
    group = fabric.controller.ask("cells", hosts=clients, cells=16, destination=destination)
    shared = dict(group=group["group"], sources=len(clients))
    fabric.agent(destination).ask("fallback_cells", **shared)
    shared["destination"] = fabric.host(destination).IP()
    return group, shared, destination


def sequencer(fabric, count=40):
    group, shared, destination = cells(fabric)
    agents = [(fabric.agent(name), source) for name, source in group["sources"]]
    running = [agent.start("draw", source=source, count=count, **shared) for agent, source in agents]
    drawn = [number for (agent, _), waiter in zip(agents, running) for number in agent.finish(waiter)]
    check(sorted(drawn) == list(range(len(drawn))), "numbers with gaps or duplicates: %s" % sorted(drawn)[:20])
    executed = fabric.agent(destination).ask("fallback_cells", group=shared["group"], sources=shared["sources"])
    check(executed["executed"] == 0, "%d requests reached the host" % executed["executed"])
    return "%d numbers drawn by %d hosts: no gap, no duplicate" % (len(drawn), len(agents))


def lock(fabric, count=8):
    group, shared, _ = cells(fabric)
    agents = [(fabric.agent(name), source) for name, source in group["sources"]]
    running = [agent.start("lock", source=source, count=count, **shared) for agent, source in agents]
    held = sorted(entry for (agent, _), waiter in zip(agents, running) for entry in agent.finish(waiter))
    tokens = [token for token, _, _ in held]
    check(tokens == sorted(set(tokens)), "fencing tokens %s" % tokens)
    overlaps = [b for a, b in zip(held, held[1:]) if b[1] < a[2]]
    check(not overlaps, "two holders at once: %s" % overlaps[:3])
    return "lock taken %d times by %d hosts, never two holders" % (len(held), len(agents))


def cache(fabric, keys=200, count=1000):
    names = hosts_of(fabric)
    server, clients = names[-1], names[:3]
    fabric.agent(server).ask("kv_serve", service="/kv/0", keys=keys)
    fabric.controller.ask("cache", service="/kv/0", threshold=3, capacity=32)
    running = [fabric.agent(name).start("kv_read", service="/kv/0", keys=keys, count=count) for name in clients]
    results = [fabric.agent(name).finish(waiter) for name, waiter in zip(clients, running)]
    wrong = sum(result["wrong"] for result in results)
    hits = sum(result["cached"] for result in results)
    check(wrong == 0, "%d wrong values" % wrong)
    check(hits > 0, "the cache answered nothing")
    reached = fabric.agent(server).ask("kv_counters")["gets"]
    return "%d of %d reads answered by the switch, %d reached the server" % (hits, count * len(clients), reached)


# What `--test all` runs.
SCENARIOS = {
    "pingall": pingall,
    "iperf": iperf,
    "services": services,
    "reduce": reduce,
    "reduce-one": reduce_one,
    "sequencer": sequencer,
    "lock": lock,
    "cache": cache,
    "gateway": gateway,
    "kills": kills,
}

# Longer ones, run by name: many kills, and 1 Mi values a host, by switches with as much under way as BMv2 and as the embedded switch take, and over TCP.
MEASUREMENTS = {
    "kills-many": lambda fabric: kills(fabric, count=int(os.environ.get("SINCMESH_KILLS", "100"))),
    "allreduce": lambda fabric: reduce(fabric, values=MEBI),
    "allreduce-wide": lambda fabric: reduce(fabric, values=MEBI, window=64),
    "allreduce-tcp": lambda fabric: tcp_reduce(fabric, values=MEBI),
}
