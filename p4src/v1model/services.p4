// What this switch is told about a service, at the edge: where its requests enter the fabric, and where the answers
// reach their client. One look-up by the longest prefix of the service's name says what to count it under, and whether
// its flows keep their instance.

control Services(inout headers_t hdr, inout metadata_t meta) {
    counter<bit<32>>(SERVICES, CounterType.packets_and_bytes) requests;

    action count(bit<32> index) {
        meta.service.counted = 1;
        meta.service.index = index;
    }
    action stick(bit<32> index, bit<48> idle, bit<8> generation) {
        meta.service.counted = 1;
        meta.service.index = index;
        meta.service.sticky = 1;
        meta.service.idle = idle;
        meta.service.generation = generation;
    }
    table policies {
        key = {
            meta.service.name: lpm @name("name");
        }
        actions = {
            count;
            stick;
        }
        size = SERVICES;
    }

    @hidden
    action enters() {
        meta.service.account = Account.REQUEST;
        meta.service.name = hdr.digests.dst;
    }
    @hidden
    action leaves() {
        meta.service.account = Account.ANSWER;
        meta.service.name = hdr.digests.src;
    }

    apply {
        if (hdr.name.type == SERVICE_REQUEST) {
            if (hdr.name.flags & FLAG_RESOLVED == 0) {
                enters();
            }
        } else if (hdr.name.type == SERVICE_DATA || hdr.name.type == NACK) {
            leaves();
        }
        if (meta.service.account != Account.NONE) {
            policies.apply();
            if (meta.service.counted == 1 && meta.service.account == Account.REQUEST) {
                requests.count(meta.service.index);
            }
        }
    }
}

// Whether an answer has reached its client's switch. Asked when Names has said where it goes: one that was sent to the
// client's name, by an instance behind the same switch, has had no address before.
control Arrivals(in headers_t hdr, inout metadata_t meta) {
    // Clients behind this switch.
    @name(".ingress.services.attached") action attached() {
    }
    @name(".ingress.services.clients") table clients {
        key = {
            hdr.ipv4.dst: exact @name("address");
        }
        actions = {
            attached;
        }
        size = ROUTES;
    }
    @hidden
    action passes_on() {
        meta.service.account = Account.NONE;
    }

    apply {
        // One that is refused here, for its sender has not that name, reaches nobody.
        if (meta.name.decision == NameDecision.REFUSE || !clients.apply().hit) {
            passes_on();
        }
    }
}

// Answers on their way to a client behind this switch, and those this switch has made itself: how many, Nacks by
// reason, and how long after its request each response comes. Counters rather than registers: every P4Runtime server
// reads them.
control Accounts(in headers_t hdr, in metadata_t meta) {
    counter<bit<32>>(SERVICES, CounterType.packets_and_bytes) responses;
    // 16 * service + reason; what is above 15 counts as 15.
    counter<bit<32>>(SERVICE_NACKS, CounterType.packets) nacks;
    // 32 * service + binary logarithm of the microseconds between request and response (0 and 1: 0).
    counter<bit<32>>(SERVICE_LATENCIES, CounterType.packets) latency;

    bit<32> elapsed;
    bit<32> bucket;
    bit<32> reason;

    @hidden
    action measure() {
        elapsed = meta.now - hdr.name.stamp;
        bucket = meta.service.index << 5;
        if (elapsed[31:16] != 0) { bucket = bucket + 16; elapsed = elapsed >> 16; }
        if (elapsed[15:8] != 0) { bucket = bucket + 8; elapsed = elapsed >> 8; }
        if (elapsed[7:4] != 0) { bucket = bucket + 4; elapsed = elapsed >> 4; }
        if (elapsed[3:2] != 0) { bucket = bucket + 2; elapsed = elapsed >> 2; }
        if (elapsed[1:1] != 0) { bucket = bucket + 1; }
    }
    @hidden
    action find_reason() {
        reason = (bit<32>) hdr.name.reason;
        if (reason > 15) { reason = 15; }
        reason = (meta.service.index << 4) + reason;
    }

    apply {
        if (meta.service.counted == 1) {
            // Further parts of a long answer bring no stamp.
            if (hdr.name.type == SERVICE_DATA && hdr.name.stamp != 0) {
                responses.count(meta.service.index);
                measure();
                latency.count(bucket);
            } else if (hdr.name.type == NACK && (meta.service.account == Account.REQUEST || hdr.name.stamp != 0)) {
                // Nor does the Nack of an echo, which is no request to the service: a traceroute gets many.
                find_reason();
                nacks.count(reason);
            }
        }
    }
}
