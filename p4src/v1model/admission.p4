// Service Prefix Authentication: at a port with hosts behind it, a packet's source name is one that was granted to the
// port or to a credential, or the packet goes no further.
//
// A packet that carries `auth` is held to it: the credential's name prefix, the tag, and a sequence number that was not
// there before, whatever the port is granted.
//
// Replays: sequence numbers that are 64 apart share a cell, which holds the newest it let pass. So up to 64 packets of a
// credential may overtake each other, and nothing passes twice.
//
// A fragment of a named packet does not pass at all: its receiver would put together a name that no switch has seen.

enum bit<8> Denial {
    NONE = 0,
    NOT_GRANTED = 1,        // the source name is not the port's
    UNTAGGED = 2,           // it is, but only with a tag
    UNKNOWN_CREDENTIAL = 3, // no such credential, or not for this source name
    FORGED = 4,             // the tag is wrong
    REPLAYED = 5
}

struct denied_t {
    bit<256> src;
    bit<256> dst;
    bit<16> ingress_port;
    bit<16> key_id;         // 0 where the packet carries no `auth`
    bit<8> denial;
}

control Admission(inout headers_t hdr, inout metadata_t meta) {
    Tag() tag;

    counter<bit<32>>(DENIALS, CounterType.packets) denials;
    // Newest generation (8 bits) and sequence number (32).
    register<bit<40>, bit<32>>(REPLAY_CELLS) newest;

    Denial denial;
    bit<1> right;
    bit<32> cell;
    bit<40> last;
    bit<32> ahead;
    bit<16> key_id;

    action edge() {
    }
    table ports {
        key = {
            meta.ingress_port: exact @name("ingress_port");
        }
        actions = {
            edge;
        }
        size = EDGE_PORTS;
    }

    action granted() {
        meta.credential.tag_required = 0;
    }
    action granted_with_tag() {
        meta.credential.tag_required = 1;
    }
    table grants {
        key = {
            meta.ingress_port: exact @name("ingress_port");
            hdr.digests.src: lpm @name("name");
        }
        actions = {
            granted;
            granted_with_tag;
        }
        size = GRANTS;
    }

    action credential(bit<32> key0, bit<32> key1, bit<32> slot, bit<8> generation) {
        meta.credential.key0 = key0;
        meta.credential.key1 = key1;
        meta.credential.slot = slot;
        meta.credential.generation = generation;
    }
    table credentials {
        key = {
            hdr.auth.key_id: exact @name("key_id");
            hdr.digests.src: lpm @name("name");
        }
        actions = {
            credential;
        }
        size = CREDENTIALS;
    }

    @hidden
    action pin() {
        meta.name.pinned = 1;
    }
    @hidden
    action unresolve() {
        hdr.name.flags = hdr.name.flags & ~FLAG_RESOLVED;
    }
    @hidden
    action begin() {
        denial = Denial.NONE;
        key_id = 0;
    }
    @hidden
    action claims() {
        key_id = hdr.auth.key_id;
    }
    @hidden
    action find_last() {
        cell = (meta.credential.slot << 6) + (hdr.auth.sequence & 63);
        newest.read(last, cell);
        ahead = hdr.auth.sequence - last[31:0];
    }
    @hidden
    action note() {
        newest.write(cell, meta.credential.generation ++ hdr.auth.sequence);
    }
    @hidden
    action deny() {
        denials.count((bit<32>) (bit<8>) denial);
        digest<denied_t>(1, {
            hdr.digests.src, hdr.digests.dst, (bit<16>) meta.ingress_port, key_id, (bit<8>) denial
        });
        meta.name.decision = NameDecision.REFUSE;
        meta.name.reason = DENIED;
    }

    @hidden
    action lose(DropReason reason) {
        meta.verdict = Verdict.DROP;
        meta.drop_reason = reason;
    }

    apply {
        if (ports.apply().hit) {
            if (hdr.name.isValid()) {
                // Only a router resolves. What follows the first segment of an exchange goes where that went: it names its
                // instance, and of the strategy only the access rules are asked.
                if (hdr.name.type == SERVICE_REQUEST || hdr.name.type == ECHO_REQUEST) {
                    if (hdr.name.flags & FLAG_RESOLVED != 0 && hdr.name.instance != 0) {
                        pin();
                    } else {
                        unresolve();
                    }
                }
                begin();
                if (hdr.auth.isValid()) {
                    claims();
                    if (credentials.apply().hit) {
                        tag.apply(hdr, meta.credential, right);
                        find_last();
                        if (right == 0) {
                            denial = Denial.FORGED;
                        } else if (last[39:32] == meta.credential.generation && (ahead[31:31] == 1 || ahead == 0)) {
                            denial = Denial.REPLAYED;
                        } else {
                            note();
                        }
                    } else {
                        denial = Denial.UNKNOWN_CREDENTIAL;
                    }
                } else if (grants.apply().hit) {
                    if (meta.credential.tag_required == 1) {
                        denial = Denial.UNTAGGED;
                    }
                } else {
                    denial = Denial.NOT_GRANTED;
                }
                if (denial != Denial.NONE) {
                    deny();
                    // What a link doubled is no news to its sender, and would be taken for the end of what it asked.
                    if (denial == Denial.REPLAYED) {
                        lose(DropReason.REPLAYED);
                    }
                }
            } else {
                lose(DropReason.SOURCE_DENIED);
            }
        }
    }
}
