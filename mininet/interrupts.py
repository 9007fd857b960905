"""SIGINT, SIGTERM and SIGHUP, taken where nothing is half done: else nobody knows what there is to tear down."""

import signal
import threading
from contextlib import contextmanager

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(BaseException):
    """A signal has asked for the end."""

    def __init__(self, signum):
        super().__init__("interrupted by %s" % signal.Signals(signum).name)
        self.signum = signum


_pending = None
_depth = 0
_is_ending = False


def _arrived(signum, _frame):
    global _pending
    if _pending is not None:
        # On the way out already: asking again must not keep it from tearing down.
        return
    _pending = signum
    if _depth == 0:
        raise Interrupted(signum)


@contextmanager
def taken():
    """Within it the signals raise Interrupted, but for what is in `whole`. From the main thread only; elsewhere it does nothing."""
    global _pending
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _pending = None
    before = {signum: signal.signal(signum, _arrived) for signum in SIGNALS}
    try:
        yield
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)


@contextmanager
def whole():
    """What is within is not interrupted but where it asks with `check`; a signal that came raises at its end."""
    global _depth
    _depth += 1
    try:
        yield
    finally:
        _depth -= 1
    if _depth == 0:
        check()


@contextmanager
def ending():
    """What is within is not interrupted at all: it is how everything ends."""
    global _depth, _is_ending
    _depth += 1
    _is_ending = True
    try:
        yield
    finally:
        _is_ending = False
        _depth -= 1


def check():
    """Raises Interrupted where a signal has come: here nothing is half done."""
    if _pending is not None and not _is_ending:
        raise Interrupted(_pending)
