"""What can be tried on a running fabric. Each scenario returns what it measured, and raises where something is wrong."""

import re
import time


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
        report = client.cmd("iperf -c %s -t 3 -f m" % server.IP())
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
    "sequencer": sequencer,
    "lock": lock,
    "cache": cache,
}

# Longer ones, run by name: 1 Mi values a host, by switches with as much under way as BMv2 and as the embedded switch take, and over TCP.
MEASUREMENTS = {
    "allreduce": lambda fabric: reduce(fabric, values=MEBI),
    "allreduce-wide": lambda fabric: reduce(fabric, values=MEBI, window=64),
    "allreduce-tcp": lambda fabric: tcp_reduce(fabric, values=MEBI),
}
