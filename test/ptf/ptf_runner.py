"""PTF tests of the Tofino images, on tofino-model or hardware behind Stratum.

  ptf --test-dir test/ptf --pypath test/ptf -i 1@veth1 -i 2@veth3 -i 3@veth5 -i 4@veth7 \
      --test-params "grpc='127.0.0.1:9559';device=1;pipeline='reduce.bin';profile='reduce';ports='1:0,2:1,3:2,4:3'" ptf_runner

The bodies are test/ptf/scenarios/*.json: entries, packets in, packets out; test/tna/ptf.test.ts runs the same on the v1model
program. `pipeline` is a file of `sincmesh pipeline build`, `ports` says which device port each port of a scenario is. Needs the
Python packages ptf, grpcio and p4runtime. `python3 ptf_runner.py --check` says whether they are there.
"""

import glob
import json
import os
import sys

MISSING = None
try:
    import grpc
    from p4.v1 import p4runtime_pb2, p4runtime_pb2_grpc
    import ptf
    import ptf.testutils as testutils
    from ptf.base_tests import BaseTest
except ImportError as error:
    MISSING = error.name
    BaseTest = object

HERE = os.path.dirname(os.path.abspath(__file__))
WAIT_S = 2


def scenarios():
    for path in sorted(glob.glob(os.path.join(HERE, "scenarios", "*.json"))):
        with open(path) as file:
            yield json.load(file)


class Names:
    """Names of a P4Info to its messages."""

    def __init__(self, info):
        self.tables = {table.preamble.name: table for table in info.tables}
        self.actions = {action.preamble.name: action for action in info.actions}


def number(value, ports):
    if isinstance(value, dict):
        return ports[value["port"]]
    return int(value, 0) if isinstance(value, str) else value


def blank(frame, ranges):
    copy = bytearray(frame)
    for begin, end in ranges:
        copy[begin:end] = bytes(end - begin)
    return copy.hex()


def octets(value):
    """P4Runtime's shortest form, at least one byte."""
    return value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big")


def fill_action(message, call, names, ports):
    action = names.actions[call["name"]]
    message.action_id = action.preamble.id
    ids = {param.name: param.id for param in action.params}
    for name, value in call["params"].items():
        message.params.add(param_id=ids[name], value=octets(number(value, ports)))


def update_of(entry, names, ports):
    update = p4runtime_pb2.Update(type=p4runtime_pb2.Update.INSERT)
    if "multicast" in entry:
        group = update.entity.packet_replication_engine_entry.multicast_group_entry
        group.multicast_group_id = entry["multicast"]
        for each in entry["ports"]:
            group.replicas.add(egress_port=ports[each["port"]], instance=1)
        return update
    if "clone" in entry:
        session = update.entity.packet_replication_engine_entry.clone_session_entry
        session.session_id = entry["clone"]
        for each in entry["ports"]:
            session.replicas.add(egress_port=ports[each["port"]], instance=0)
        return update
    table = names.tables[entry["table"]]
    target = update.entity.table_entry
    target.table_id = table.preamble.id
    fields = {field.name: field for field in table.match_fields}
    for name, key in entry["match"].items():
        match = target.match.add(field_id=fields[name].id)
        if isinstance(key, dict) and "prefixLength" in key:
            width, length = fields[name].bitwidth, key["prefixLength"]
            value = number(key["value"], ports) >> (width - length) << (width - length)
            match.lpm.value, match.lpm.prefix_len = octets(value), length
        elif isinstance(key, dict) and "mask" in key:
            mask = number(key["mask"], ports)
            match.ternary.value, match.ternary.mask = octets(number(key["value"], ports) & mask), octets(mask)
        else:
            match.exact.value = octets(number(key, ports))
    target.priority = entry.get("priority", 0)
    if "action" in entry:
        fill_action(target.action.action, entry["action"], names, ports)
    else:
        for call in entry["actions"]:
            one = target.action.action_profile_action_set.action_profile_actions.add(weight=1)
            fill_action(one.action, call, names, ports)
    return update


class Scenarios(BaseTest):
    """Every scenario of the image's profile, one after another."""

    def setUp(self):
        if MISSING is not None:
            self.skipTest("no module " + MISSING)
        BaseTest.setUp(self)
        params = testutils.test_params_get()
        self.profile = params["profile"]
        self.ports = {int(a): int(b) for a, b in (pair.split(":") for pair in params["ports"].split(","))}
        self.device = int(params.get("device", 1))
        self.dataplane = ptf.dataplane_instance
        self.dataplane.flush()
        self.stub = p4runtime_pb2_grpc.P4RuntimeStub(grpc.insecure_channel(
            params["grpc"], options=[("grpc.max_send_message_length", 64 << 20)]))
        self.config = p4runtime_pb2.ForwardingPipelineConfig()
        with open(params["pipeline"], "rb") as file:
            self.config.ParseFromString(file.read())
        self.names = Names(self.config.p4info)
        bid = p4runtime_pb2.StreamMessageRequest()
        bid.arbitration.device_id = self.device
        bid.arbitration.election_id.low = 1
        self.closing = False
        self.stream = self.stub.StreamChannel(self.bids(bid))
        next(iter(self.stream))

    def bids(self, bid):
        import time
        yield bid
        while not self.closing:
            time.sleep(0.1)

    def tearDown(self):
        self.closing = True
        self.stream.cancel()
        BaseTest.tearDown(self)

    def runTest(self):
        for scenario in scenarios():
            if self.profile in scenario["profiles"]:
                self.run_scenario(scenario)

    def run_scenario(self, scenario):
        # The pipeline anew: no entries, no state.
        push = p4runtime_pb2.SetForwardingPipelineConfigRequest(
            device_id=self.device, action=p4runtime_pb2.SetForwardingPipelineConfigRequest.VERIFY_AND_COMMIT)
        push.election_id.low = 1
        push.config.CopyFrom(self.config)
        self.stub.SetForwardingPipelineConfig(push)
        write = p4runtime_pb2.WriteRequest(device_id=self.device)
        write.election_id.low = 1
        write.updates.extend(update_of(entry, self.names, self.ports) for entry in scenario["entries"])
        self.stub.Write(write)
        for at, step in enumerate(scenario["steps"]):
            testutils.send_packet(self, step["port"], bytes.fromhex(step["frame"]))
            expected = sorted((out["port"], out["frame"]) for out in step["out"])
            ignored = scenario.get("ignore", [])
            seen = sorted((port, blank(frame, ignored)) for port, frame in self.collect(len(expected)))
            assert seen == expected, "%s, step %d: %r, not %r" % (scenario["name"], at, seen, expected)

    def collect(self, count):
        """Frames that come out: as many as expected, and then nothing for a moment."""
        seen = []
        while True:
            timeout = WAIT_S if len(seen) < count else 0.2
            _, port, frame, _ = self.dataplane.poll(device_number=0, timeout=timeout)
            if frame is None:
                return seen
            seen.append((port, bytes(frame)))


if __name__ == "__main__":
    state = "ptf is here" if MISSING is None else "skipped: no module " + MISSING
    print("%d scenarios; %s" % (len(list(scenarios())), state))
    sys.exit(0)
