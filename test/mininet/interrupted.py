"""Starts mininet/run.py, sends it signals at a random moment, and says what is left: `interrupted.py ROUNDS SEED RUN...`.

For network and process namespaces of its own, in which there is nothing else.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time

PATIENCE_S = 60
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def interfaces():
    listed = subprocess.run(["ip", "-o", "link", "show"], stdout=subprocess.PIPE, universal_newlines=True).stdout
    return sorted(line.split(":")[1].strip().split("@")[0] for line in listed.splitlines())


def processes():
    """Command lines of all processes but this one; what has ended is taken leave of."""
    while True:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                break
        except ChildProcessError:
            break
    found = []
    for pid in os.listdir("/proc"):
        if pid.isdigit() and int(pid) != os.getpid():
            try:
                with open("/proc/%s/cmdline" % pid, "rb") as file:
                    found.append(file.read().replace(b"\0", b" ").decode())
            except OSError:
                pass
    return found


def one_round(dice, command):
    before = interfaces()
    signum = dice.choice(SIGNALS)
    delay = dice.uniform(0.3, 9)
    said = open(os.devnull, "w")
    run = subprocess.Popen(command, stdout=said, stderr=subprocess.PIPE, universal_newlines=True, start_new_session=True)
    time.sleep(delay)
    to_all, again = dice.random() < 0.5, dice.random() < 0.5
    for _ in range(2 if again else 1):
        try:
            # As a terminal does, or as `kill`.
            os.killpg(run.pid, signum) if to_all else os.kill(run.pid, signum)
        except ProcessLookupError:
            pass
        time.sleep(0.1)
    hung = False
    try:
        error = run.communicate(timeout=PATIENCE_S)[1]
    except subprocess.TimeoutExpired:
        run.kill()
        error, hung = run.communicate()[1], True
    deadline = time.time() + 5
    while time.time() < deadline and (processes() or interfaces() != before):
        time.sleep(0.1)
    return {
        "signal": signum.name,
        "after": round(delay, 2),
        "to_all": to_all,
        "again": again,
        "status": run.returncode,
        "hung": hung,
        "error": error[-2000:],
        "interfaces": [name for name in interfaces() if name not in before],
        "processes": processes(),
    }


def main():
    rounds, seed, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    dice = random.Random(seed)
    for _ in range(rounds):
        print(json.dumps(one_round(dice, command)), flush=True)


main()
