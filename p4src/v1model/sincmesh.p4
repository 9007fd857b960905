// sincmesh for v1model (BMv2 and the embedded switch). One control, one file:
//
//   parser.p4     bytes to headers and back
//   admission.p4  source names at edge ports; tag.p4, the keyed tag
//   services.p4   what is counted for a service
//   names.p4      named packets: strategy.p4, flows.p4, FIB
//   breaker.p4    circuit breakers of instances
//   refusal.p4    echoes and Nacks
//   cache.p4      key-value cache
//   hotkeys.p4    sketch and Bloom filter that find what is worth caching
//   sinc.p4       SINC groups; reduce.p4 and lanes.p4, cells.p4 compute
//   proxy.p4      SINC's encapsulations: ingress and egress proxy, labels
//   underlay.p4   plain IPv4
//   egress.p4     what depends on the port of departure; telemetry.p4
//   checksum.p4   IPv4 and UDP checksums
//
// docs/protocol.md has the wire, docs/program.md the tables and the state.

#define V1MODEL_VERSION 20200408
#include <core.p4>
#include <v1model.p4>

#include "../shared/constants.p4"
#include "../shared/sizes.p4"
#include "../shared/headers.p4"
#include "../shared/metadata.p4"
#include "../shared/answer.p4"
#include "parser.p4"
#include "checksum.p4"
#include "tag.p4"
#include "admission.p4"
#include "services.p4"
#include "strategy.p4"
#include "flows.p4"
#include "names.p4"
#include "breaker.p4"
#include "refusal.p4"
#include "hotkeys.p4"
#include "cache.p4"
#include "lanes.p4"
#include "reduce.p4"
#include "cells.p4"
#include "sinc.p4"
#include "proxy.p4"
#include "underlay.p4"
#include "telemetry.p4"
#include "egress.p4"

control ingress(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard_metadata) {
    NamedChecksum() named_checksum;
    Admission() admission;
    Services() services;
    Names() names;
    Cache() cache;
    Breaker() breaker;
    Refusal() refusal;
    Arrivals() arrivals;
    Accounts() accounts;
    EgressProxy() egress_proxy;
    Sinc() sinc;
    IngressProxy() ingress_proxy;
    Labels() labels;
    Underlay() underlay;

    counter<bit<32>>(DROP_REASONS, CounterType.packets_and_bytes) drops;

    // Who this switch is, for telemetry and Nacks at the last hop.
    action set_identity(bit<16> switch_id) {
        meta.switch_id = switch_id;
    }
    table identity {
        actions = {
            set_identity;
        }
        default_action = set_identity(0);
        size = 1;
    }

    @hidden
    action arrive() {
        meta.ingress_port = standard_metadata.ingress_port;
        meta.now = standard_metadata.ingress_global_timestamp[31:0];
        meta.time = standard_metadata.ingress_global_timestamp;
        meta.verdict = Verdict.ROUTE;
    }
    @hidden
    action arrive_from_controller() {
        meta.ingress_port = hdr.packet_out.egress_port[8:0];
        meta.trusted = 1;
        hdr.packet_out.setInvalid();
    }
    @hidden
    action send_for_controller() {
        standard_metadata.egress_spec = hdr.packet_out.egress_port[8:0];
        hdr.packet_out.setInvalid();
        meta.verdict = Verdict.PORT;
    }
    @hidden
    action drop(DropReason reason) {
        meta.verdict = Verdict.DROP;
        meta.drop_reason = reason;
    }
    @hidden
    action to_controller(bit<8> reason) {
        meta.verdict = Verdict.CONTROLLER;
        meta.packet_in_reason = reason;
    }
    @hidden
    action send_to_controller() {
        standard_metadata.egress_spec = CPU_PORT;
        hdr.packet_in.setValid();
        hdr.packet_in.ingress_port = (bit<16>) meta.ingress_port;
        hdr.packet_in.reason = meta.packet_in_reason;
        hdr.packet_in.reserved = 0;
    }

    apply {
        arrive();
        if (standard_metadata.parser_error != error.NoError) {
            drop(DropReason.MALFORMED);
        } else if (hdr.packet_out.isValid() && hdr.packet_out.egress_port >= 510) {
            drop(DropReason.PACKET_OUT_PORT);
        } else if (hdr.packet_out.isValid() && hdr.packet_out.forward != PACKET_OUT_FORWARD) {
            send_for_controller();
        } else {
            if (hdr.packet_out.isValid()) {
                arrive_from_controller();
            }
            if (hdr.ethernet.ether_type == ETHERTYPE_ARP) {
                to_controller(PACKET_IN_ARP);
            } else if (hdr.ipv4.isValid()) {
                if (hdr.ipv4.version != 4 || hdr.ipv4.ihl != 5) {
                    drop(DropReason.IPV4_OPTIONS);
                } else if (standard_metadata.checksum_error == 1) {
                    drop(DropReason.IPV4_CHECKSUM);
                }
            } else if (!hdr.mpls[0].isValid()) {
                drop(DropReason.ETHER_TYPE);
            }
        }

        if (meta.verdict == Verdict.ROUTE) {
            if (hdr.telemetry.isValid() || (hdr.name.isValid() && hdr.name.hop_limit <= 1)) {
                identity.apply();
            }
            if (hdr.name.isValid()) {
                named_checksum.apply(hdr, meta);
            }
            if (meta.trusted == 0 && (hdr.name.isValid() || meta.remaining != 0)) {
                admission.apply(hdr, meta);
            }
        }

        if (meta.verdict == Verdict.ROUTE) {
            if (hdr.name.isValid()) {
                services.apply(hdr, meta);
                names.apply(hdr, meta, standard_metadata);
                if (meta.service.account == Account.ANSWER) {
                    arrivals.apply(hdr, meta);
                }
                if (meta.verdict == Verdict.ROUTE) {
                    if (hdr.kv.isValid() && (meta.name.decision == NameDecision.FORWARD
                                             || meta.name.decision == NameDecision.REWRITE)) {
                        cache.apply(hdr, meta, standard_metadata);
                    }
                    if (meta.service.account == Account.ANSWER
                        || (meta.service.account == Account.REQUEST && hdr.name.type == SERVICE_REQUEST
                            && meta.name.decision == NameDecision.REWRITE)) {
                        breaker.apply(hdr, meta);
                    }
                    if (meta.name.decision == NameDecision.ECHO || meta.name.decision == NameDecision.REFUSE) {
                        refusal.apply(hdr, meta);
                    }
                    if (meta.service.account != Account.NONE) {
                        accounts.apply(hdr, meta);
                    }
                }
            } else if (hdr.sinc.isValid()) {
                if (hdr.context.isValid()) {
                    egress_proxy.apply(hdr, meta);
                }
                if (!hdr.context.isValid() && meta.verdict == Verdict.ROUTE) {
                    sinc.apply(hdr, meta, standard_metadata);
                    if (meta.sinc.down == 0 && (meta.verdict == Verdict.PORT
                                                || (meta.verdict == Verdict.ROUTE && hdr.ipv4.ttl > 1))) {
                        ingress_proxy.apply(hdr, meta, standard_metadata);
                    }
                }
            }
            if (meta.verdict == Verdict.ROUTE) {
                if (hdr.mpls[0].isValid()) {
                    labels.apply(hdr, meta, standard_metadata);
                } else {
                    underlay.apply(hdr, meta, standard_metadata);
                }
            }
        }

        if (meta.verdict == Verdict.DROP) {
            drops.count((bit<32>) (bit<8>) meta.drop_reason);
            mark_to_drop(standard_metadata);
        } else if (meta.verdict == Verdict.CONTROLLER) {
            send_to_controller();
        }
    }
}

V1Switch(MeshParser(), VerifyChecksums(), ingress(), egress(), ComputeChecksums(), MeshDeparser()) main;
