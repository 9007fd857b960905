// Service Prefix Authentication: at a port with hosts behind it, a packet's source name is one that was granted to the
// port, or the packet goes no further. As in v1model, but for
//   - credentials: HalfSipHash-2-4 over 80 bytes is about 250 dependent additions, rotations and exclusive ors, and a pass
//     has twelve stages. So no tag is verified here: what is granted only with a tag is denied, and `auth` changes nothing;
//   - the digest: 64 bytes of names are more than the 48 of a digest here, so it tells the source without the destination.

enum bit<8> Denial {
    NONE = 0,
    NOT_GRANTED = 1,        // the source name is not the port's
    UNTAGGED = 2            // it is, but only with a tag
}

struct denied_t {
    bit<256> src;
    bit<16> ingress_port;
    bit<8> denial;
}

const DigestType_t DENIED_DIGEST = 2;

control Admission(
    inout headers_t hdr,
    inout metadata_t meta,
    in ingress_intrinsic_metadata_t ig_intr_md,
    inout ingress_intrinsic_metadata_for_deparser_t ig_dprsr_md
) {
    Counter<bit<32>, bit<8>>(DENIALS, CounterType_t.PACKETS) denials;

    action edge() {
        meta.edge = 1;
    }
    table ports {
        key = {
            ig_intr_md.ingress_port: exact @name("ingress_port");
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
            ig_intr_md.ingress_port: exact @name("ingress_port");
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
        meta.denied = 1;
        ig_dprsr_md.digest_type = DENIED_DIGEST;
    }

    apply {
        if (hdr.name.isValid()) {
            ports.apply();
        }
        if (hdr.name.isValid()) {
            grants.apply();
        }
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
