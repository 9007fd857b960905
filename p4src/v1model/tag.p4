// The keyed tag of `auth` (docs/protocol.md section 3.6): HalfSipHash-2-4 with 64 bits of output (Aumasson, Bernstein)
// over 20 numbers of 32 bits, each as four bytes, least significant first.

#define ROTATE(x, n) ((x << n) | (x >> (32 - n)))

#define SIP_ROUND \
    v0 = v0 + v1; v1 = ROTATE(v1, 5) ^ v0; v0 = ROTATE(v0, 16); \
    v2 = v2 + v3; v3 = ROTATE(v3, 8) ^ v2; \
    v0 = v0 + v3; v3 = ROTATE(v3, 7) ^ v0; \
    v2 = v2 + v1; v1 = ROTATE(v1, 13) ^ v2; v2 = ROTATE(v2, 16);

// Length of the message in bytes in the top byte; 80 bytes leave none over.
const bit<32> TAG_LAST_WORD = 80 << 24;

control Tag(in headers_t hdr, in credential_metadata_t credential, out bit<1> right) {
    bit<32> v0;
    bit<32> v1;
    bit<32> v2;
    bit<32> v3;
    bit<32> low;
    bit<32> high;
    bit<16> payload;

    @hidden
    action begin() {
        v0 = credential.key0;
        v1 = credential.key1 ^ 0xee;
        v2 = credential.key0 ^ 0x6c796765;
        v3 = credential.key1 ^ 0x74656462;
    }
    @hidden
    action absorb(in bit<32> word) {
        v3 = v3 ^ word;
        SIP_ROUND
        SIP_ROUND
        v0 = v0 ^ word;
    }
    @hidden
    action finish() {
        v2 = v2 ^ 0xee;
        SIP_ROUND
        SIP_ROUND
        SIP_ROUND
        SIP_ROUND
        low = v1 ^ v3;
        v1 = v1 ^ 0xdd;
        SIP_ROUND
        SIP_ROUND
        SIP_ROUND
        SIP_ROUND
        high = v1 ^ v3;
    }
    // Bytes behind the text block: UDP header, name, digests and auth are 108.
    @hidden
    action measure() {
        payload = hdr.udp.length - 108 - hdr.name.text_length;
    }
    @hidden
    action without_telemetry() {
        payload = payload - 4 - ((bit<16>) hdr.telemetry.count << 4);
    }
    @hidden
    action without_kv() {
        payload = payload - 28 - ((bit<16>) hdr.kv.blocks << 4);
    }

    apply {
        measure();
        if (hdr.telemetry.isValid()) {
            without_telemetry();
        }
        if (hdr.kv.isValid()) {
            without_kv();
        }
        begin();
        absorb(hdr.digests.dst[255:224]);
        absorb(hdr.digests.dst[223:192]);
        absorb(hdr.digests.dst[191:160]);
        absorb(hdr.digests.dst[159:128]);
        absorb(hdr.digests.dst[127:96]);
        absorb(hdr.digests.dst[95:64]);
        absorb(hdr.digests.dst[63:32]);
        absorb(hdr.digests.dst[31:0]);
        absorb(hdr.digests.src[255:224]);
        absorb(hdr.digests.src[223:192]);
        absorb(hdr.digests.src[191:160]);
        absorb(hdr.digests.src[159:128]);
        absorb(hdr.digests.src[127:96]);
        absorb(hdr.digests.src[95:64]);
        absorb(hdr.digests.src[63:32]);
        absorb(hdr.digests.src[31:0]);
        absorb(hdr.auth.key_id ++ hdr.name.attempt ++ 4w0 ++ hdr.name.type);
        absorb(hdr.name.request_id);
        absorb((bit<32>) payload);
        absorb(hdr.auth.sequence);
        absorb(TAG_LAST_WORD);
        finish();
        // The bytes the algorithm writes stand in the header as they are.
        right = 0;
        if (hdr.auth.tag == low[7:0] ++ low[15:8] ++ low[23:16] ++ low[31:24]
                            ++ high[7:0] ++ high[15:8] ++ high[23:16] ++ high[31:24]) {
            right = 1;
        }
    }
}
