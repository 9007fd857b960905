// Service Prefix Authentication: at a port with hosts behind it, a packet's source name is one that was granted to the
// port, or the packet goes no further. As in v1model, but for
//   - credentials, which the profile `edge` alone has (credentials.p4, tag.p4): HalfSipHash-2-4 over 80 bytes takes several
//     passes. Elsewhere no tag is verified: what is granted only with a tag is denied, and `auth` changes nothing;
//   - the digest: 64 bytes of names are more than the 48 of a digest here, so it tells the source without the destination.

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
    bit<16> ingress_port;
#ifdef WITH_TAG
    bit<16> key_id;         // 0 where the packet carries no `auth`
#endif
    bit<8> denial;
}

const DigestType_t DENIED_DIGEST = 2;

#ifdef WITH_TAG
// A packet that was under way round the pipe still has the port it came by.
#define ARRIVAL meta.arrival
#define BAR meta.barred = 1;
#include "credentials.p4"
#else
#define ARRIVAL ig_intr_md.ingress_port
#define BAR meta.denied = 1;
#endif

control Admission(
    inout headers_t hdr,
    inout metadata_t meta,
    in ingress_intrinsic_metadata_t ig_intr_md,
    inout ingress_intrinsic_metadata_for_deparser_t ig_dprsr_md
#ifdef WITH_TAG
    , inout ingress_intrinsic_metadata_for_tm_t ig_tm_md
#endif
) {
#ifdef WITH_TAG
    @name("rounds") Credentials() credentials;

#endif
    Counter<bit<32>, bit<8>>(DENIALS, CounterType_t.PACKETS) denials;

    action edge() {
        meta.edge = 1;
    }
    table ports {
        key = {
            ARRIVAL: exact @name("ingress_port");
        }
        actions = {
            edge;
        }
        size = EDGE_PORTS;
    }

    action granted() {
        meta.denial = Denial.NONE;
    }
    action granted_with_tag() {
        meta.denial = Denial.UNTAGGED;
    }
    action not_granted() {
        meta.denial = Denial.NOT_GRANTED;
    }
    table grants {
        key = {
            ARRIVAL: exact @name("ingress_port");
            hdr.digests.src: lpm @name("name");
        }
        actions = {
            granted;
            granted_with_tag;
            @defaultonly not_granted;
        }
        const default_action = not_granted();
        size = GRANTS;
    }

    @hidden
    action pin() {
        meta.pinned = 1;
    }
    @hidden
    action unresolve() {
        hdr.name.flags = hdr.name.flags & ~FLAG_RESOLVED;
    }
    @hidden
    action deny() {
        denials.count(meta.denial);
        BAR
        // Turned round even if it is dropped then: what a digest tells is the packet as it leaves, and so it has one place
        // for the source's name.
        meta.answer = 1;
        ig_dprsr_md.digest_type = DENIED_DIGEST;
    }

    apply {
        if (NAMED) {
            ports.apply();
        }
        if (NAMED) {
            grants.apply();
        }
#ifdef WITH_TAG
        credentials.apply(hdr, meta, ig_tm_md);
#endif
        if (meta.edge == 1 && (hdr.name.type == SERVICE_REQUEST || hdr.name.type == ECHO_REQUEST)) {
            if (hdr.name.flags & FLAG_RESOLVED != 0 && hdr.name.instance != 0) {
                pin();
            } else {
                unresolve();
            }
        }
        if (meta.edge == 1 && meta.denial != Denial.NONE) {
            deny();
        }
    }
}
