"""Node.js processes that answer JSON requests line by line (experiments/processes)."""

import json
import os
import subprocess
import threading
import time

import interrupts
from switches import ROOT

REQUEST_TIMEOUT_S = 120


class Lines:
    """A process that answers JSON requests line by line (experiments/processes/lines.ts)."""

    def __init__(self, process):
        self.process = process
        self.next_id = 0
        self.waiting = {}
        self.lock = threading.Lock()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            answer = json.loads(line)
            with self.lock:
                waiter = self.waiting.pop(answer["id"], None)
            if waiter is not None:
                waiter["answer"] = answer
                waiter["done"].set()
        with self.lock:
            waiters, self.waiting = list(self.waiting.values()), {}
        for waiter in waiters:
            waiter["answer"] = {"ok": False, "message": "the process has ended"}
            waiter["done"].set()

    def start(self, op, **arguments):
        """Sends a request; `finish` waits for its answer."""
        with self.lock:
            self.next_id += 1
            waiter = {"done": threading.Event(), "op": op}
            self.waiting[self.next_id] = waiter
            request = dict(arguments, id=self.next_id, op=op)
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return waiter

    def finish(self, waiter, timeout=REQUEST_TIMEOUT_S):
        deadline = time.time() + timeout
        # In steps: whoever waits here in the middle of something whole can be interrupted.
        while not waiter["done"].wait(0.1) and time.time() < deadline:
            interrupts.check()
        if not waiter["done"].is_set():
            raise RuntimeError("%s: no answer within %d s" % (waiter["op"], timeout))
        if not waiter["answer"]["ok"]:
            raise RuntimeError("%s: %s" % (waiter["op"], waiter["answer"]["message"]))
        return waiter["answer"].get("result")

    def ask(self, op, **arguments):
        return self.finish(self.start(op, **arguments))

    def kill(self):
        """Ends the process as a crash would."""
        self.process.kill()
        self.process.wait()

    def end_input(self):
        """Asks it to end in good order; `close` waits for that."""
        try:
            self.process.stdin.close()
        except OSError:
            # It has ended already.
            pass

    def close(self):
        self.end_input()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def node_script(name):
    return ["node", "--enable-source-maps", os.path.join(ROOT, "dist", "experiments", "processes", name)]
