"""Links with the rate, delay, loss and queue of a topology file, on Linux's traffic control."""

import math
import subprocess

from mininet.link import TCIntf, TCLink

import interrupts

# tc's token buckets do not keep up with more, and a veth pair is slower than less.
MOST_MBPS = 1000
LEAST_DELAY_US = 100
# netem counts what is under way as waiting: room for frames of this many bytes, between a SINC packet's and a full one's.
FRAME_BYTES = 1024
# Of links without a rate: nothing ever waits, all is under way.
UNLIMITED = 100_000


class LinkError(Exception):
    """A link that cannot be as the topology file says; says why, and what to do."""


def link_options(quality):
    """What a link is made of, as FabricLink takes it, from the file's `quality`; nothing where the file says nothing."""
    options = {}
    rate, delay, queue = quality.get("rateMbps") or 0, quality.get("delayUs") or 0, quality.get("queuePackets")
    if 0 < rate <= MOST_MBPS:
        options["bw"] = rate
    if delay >= LEAST_DELAY_US:
        options["delay"] = "%dus" % delay
    for fault in ("loss", "duplicate"):
        if (quality.get(fault) or 0) > 0:
            options[fault] = quality[fault] * 100
    if needs_netem(options):
        under_way = math.ceil(options["bw"] * delay / 8 / FRAME_BYTES) if "bw" in options else UNLIMITED
        options["max_queue_size"] = under_way + (queue or 1000)
    elif "bw" in options and queue:
        options["max_queue_size"] = queue
    return options


def needs_netem(options):
    """Whether a link takes the kernel's netem: its rate and its queue do without."""
    return any(fault in options for fault in ("delay", "loss", "duplicate"))


def netem_missing():
    """Why this kernel cannot delay and lose packets; None where it can."""
    tried = subprocess.run(
        ["unshare", "--net", "tc", "qdisc", "add", "dev", "lo", "root", "netem", "delay", "1ms"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
    )
    if tried.returncode == 0:
        return None
    return "this kernel has no netem for the delay, loss and duplication of links (%s)" % tried.stdout.strip()


NETEM_REMEDY = "modprobe sch_netem, or leave delay_us of %d and more, loss and duplicate out of the file" % LEAST_DELAY_US


class FabricIntf(TCIntf):
    """An end of a link. A TCIntf whose queue is one of packets, with netem only where there is something for it to do."""

    def config(self, duplicate=None, **params):
        self.duplicate = duplicate
        result = TCIntf.config(self, **params)
        wanted = {"htb": params.get("bw"), "netem": needs_netem({k: v for k, v in params.items() if v}) or duplicate}
        kinds = [kind for kind, is_wanted in wanted.items() if is_wanted]
        there = self.tc("%s qdisc show dev %s") if kinds else ""
        for kind in kinds:
            if "qdisc %s " % kind not in there:
                said = " ".join(" ".join(result["tcoutputs"]).split()) if result else "nothing"
                raise LinkError("%s: no %s after its set-up; tc said: %s" % (self.name, kind, said))
        return result

    # pylint: disable=arguments-differ
    def delayCmds(self, parent, delay=None, jitter=None, loss=None, max_queue_size=None):
        """Commands for what is not the rate, as TCIntf's, and the parent of what comes below."""
        if not (delay or loss or self.duplicate):
            if max_queue_size is None:
                return [], parent
            return ["%s qdisc add dev %s" + parent + "handle 10: pfifo limit %d" % max_queue_size], parent
        words = [
            "delay %s" % delay if delay else "",
            jitter or "",
            "loss %.5f%%" % loss if loss else "",
            "duplicate %.5f%%" % self.duplicate if self.duplicate else "",
            "limit %d" % max_queue_size if max_queue_size is not None else "",
        ]
        # The command is a format: of tool and interface.
        netem = " ".join(word for word in words if word).replace("%", "%%")
        return ["%s qdisc add dev %s" + parent + "handle 10: netem " + netem], " parent 10:1 "


class FabricLink(TCLink):
    """A link that is what the file says, in either direction, or a LinkError."""

    def __init__(self, node1, node2, **params):
        interrupts.check()
        TCLink.__init__(self, node1, node2, cls1=FabricIntf, cls2=FabricIntf, **params)
