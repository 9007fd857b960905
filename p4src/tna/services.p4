// What this switch is told about a service, at the edge: where its requests enter the fabric, and where the answers reach
// their client. As in v1model, but for `stick` (no flows, see names.p4) and the
// latencies, whose index is a logarithm.

control Services(inout headers_t hdr, inout metadata_t meta) {
    Counter<bit<64>, bit<10>>(SERVICES, CounterType_t.PACKETS_AND_BYTES) requests;

    action count(bit<32> index) {
        meta.counted = 1;
        meta.index = index[9:0];
    }
    table policies {
        key = {
            meta.service: lpm @name("name");
        }
        actions = {
            count;
        }
        size = SERVICES;
    }

    @hidden
    action enters() {
        meta.account = Account.REQUEST;
        meta.service = hdr.digests.dst;
    }
    @hidden
    action leaves() {
        meta.account = Account.ANSWER;
        meta.service = hdr.digests.src;
    }
    @hidden
    action count_request() {
        requests.count(meta.index);
    }

    apply {
        if (NAMED && hdr.name.type == SERVICE_REQUEST) {
            if (hdr.name.flags & FLAG_RESOLVED == 0) {
                enters();
            }
        } else if (NAMED && hdr.name.type == NACK) {
            leaves();
        } else if (NAMED && hdr.name.type == SERVICE_DATA && hdr.name.stamp != 0) {
            // Further parts of a long answer bring no stamp.
            leaves();
        }
        if (meta.account != Account.NONE) {
            policies.apply();
        }
#ifdef WITH_STRATEGY
        if (meta.counted == 1 && meta.account == Account.REQUEST && meta.came_for == Again.NONE) {
#else
        if (meta.counted == 1 && meta.account == Account.REQUEST) {
#endif
            count_request();
        }
    }
}

// Whether an answer has reached its client's switch, asked when Names has said where it goes.
control Arrivals(inout headers_t hdr, inout metadata_t meta) {
    // Clients behind this switch.
    @name(".ingress.services.attached")
    action attached() {
        meta.attached = 1;
    }
    @name(".ingress.services.clients")
    table clients {
        key = {
#ifdef WITH_STRATEGY
            // Known before the packet is rewritten.
            meta.address: exact @name("address");
#else
            hdr.ipv4.dst: exact @name("address");
#endif
        }
        actions = {
            attached;
        }
        size = CLIENTS;
    }
    apply {
#ifdef WITH_STRATEGY
        if (hdr.name.isValid()) {
#else
        if (meta.account == Account.ANSWER) {
#endif
            clients.apply();
        }
    }
}

// Answers on their way to a client behind this switch, and those this switch has made itself.
control Accounts(inout headers_t hdr, inout metadata_t meta) {
    Counter<bit<64>, bit<10>>(SERVICES, CounterType_t.PACKETS_AND_BYTES) responses;
    // 16 * service + reason.
    Counter<bit<32>, bit<14>>(SERVICE_NACKS, CounterType_t.PACKETS) nacks;

    @hidden
    action count_response() {
        responses.count(meta.index);
    }
    @hidden
    action count_nack() {
        nacks.count(meta.index ++ hdr.name.reason[3:0]);
    }

    apply {
        if (meta.counted == 1 && meta.attached == 1 && meta.verdict == Verdict.ROUTE && hdr.name.type == SERVICE_DATA) {
            count_response();
        }
        if (meta.counted == 1 && (meta.attached == 1 || meta.account == Account.REQUEST)
            && meta.verdict == Verdict.ROUTE && hdr.name.type == NACK) {
            count_nack();
        }
    }
}
