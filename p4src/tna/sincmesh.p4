// sincmesh for Tofino (TNA; T2NA with the same sources). One control, one file, named as in v1model; what differs from
// v1model says why where it differs, and docs/tofino.md lists it.

#include <core.p4>
#if __TARGET_TOFINO__ == 2
#include <t2na.p4>
#else
#include <tna.p4>
#endif

#include "profile.p4"
#include "sizes.p4"
#include "../shared/constants.p4"
// The structs that collect all headers and all metadata are this architecture's own; everything else is shared.
#define headers_t v1model_headers_t
#define metadata_t v1model_metadata_t
#include "../shared/headers.p4"
#include "../shared/metadata.p4"
#undef headers_t
#undef metadata_t
#include "headers.p4"
#include "metadata.p4"
#include "answer.p4"
#ifdef WITH_TAG
#include "tag.p4"
#include "laps.p4"
#endif
#ifdef WITH_CACHE
#include "hotkeys.p4"
#include "cache-entries.p4"
#include "cache.p4"
#endif
#ifdef WITH_POLICY
#include "admission.p4"
#ifdef WITH_STRATEGY
#include "dice.p4"
#endif
#include "strategy.p4"
#include "services.p4"
#ifdef WITH_STRATEGY
#include "breaker.p4"
#endif
#endif
#include "parser.p4"
#include "names.p4"
#include "refusal.p4"
#ifdef WITH_REDUCE
#include "reduce.p4"
#include "lanes.p4"
#endif
#ifdef WITH_CELLS
#include "cells.p4"
#endif
#ifdef WITH_SINC
#include "sinc.p4"
#endif
#include "underlay.p4"
#ifdef WITH_TELEMETRY
#include "telemetry.p4"
#endif
#include "egress.p4"

control ingress(
    inout headers_t hdr,
    inout metadata_t meta,
    in ingress_intrinsic_metadata_t ig_intr_md,
    in ingress_intrinsic_metadata_from_parser_t ig_prsr_md,
    inout ingress_intrinsic_metadata_for_deparser_t ig_dprsr_md,
    inout ingress_intrinsic_metadata_for_tm_t ig_tm_md
) {
#ifdef WITH_TAG
    TagIngress() tag;
#endif
    Names() names;
    Refusal() refusal;
    Underlay() underlay;
#ifdef WITH_POLICY
    Admission() admission;
    Services() services;
#ifndef WITH_STRATEGY
    Arrivals() clients;
#endif
    Accounts() accounts;
    @name("names.strategy") Strategy() strategy;
#ifdef WITH_STRATEGY
    SecondPass() second_pass;
#endif
#endif
#ifdef WITH_CACHE
    CacheEntries() cache_entries;
    WatchedServices() watched_services;
    Cache() cache;
    HotKeys() hot_keys;
#endif
#ifdef WITH_SINC
    Sinc() sinc;
#endif
#ifdef WITH_REDUCE
    Lanes() lanes;
#endif
#ifdef WITH_TELEMETRY
    Telemetry() telemetry;
#endif

    Counter<bit<64>, bit<8>>(DROP_REASONS, CounterType_t.PACKETS_AND_BYTES) drops;

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

    // Units of 1,024 ns: a switch cannot divide by a thousand. Bits of two containers are brought together by the hash unit.
    Hash<bit<32>>(HashAlgorithm_t.IDENTITY) clock;
#ifdef WITH_STRATEGY
    Hash<bit<32>>(HashAlgorithm_t.IDENTITY) slow_clock;
#endif
    @hidden
    action read_clock() {
        meta.now = clock.get({ ig_prsr_md.global_tstamp[41:10] });
    }
#ifdef WITH_STRATEGY
    @hidden
    action read_slow_clock() {
        meta.slow_now = slow_clock.get({ ig_prsr_md.global_tstamp[47:16] });
    }
#endif
    // What can be said of a packet by its first headers is one look-up.
    @hidden
    action proceed() {
    }
    @hidden
    action send_for_controller() {
        ig_tm_md.ucast_egress_port = hdr.packet_out.egress_port[8:0];
        meta.unchanged = 1;
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
#ifdef WITH_TAG
    @hidden
    action go_on() {
        ig_tm_md.ucast_egress_port = ig_intr_md.ingress_port;
        meta.lapping = 1;
        meta.verdict = Verdict.PORT;
    }
#define OUTSIDE 0, _
#else
#define OUTSIDE 0
#endif
    @hidden
    table arrivals {
        key = {
            ig_prsr_md.parser_err: ternary;
#ifdef WITH_TAG
            meta.running: ternary;
#endif
            hdr.packet_out.isValid(): ternary;
            hdr.packet_out.egress_port: ternary;
            hdr.packet_out.forward: ternary;
            hdr.ethernet.ether_type: ternary;
            hdr.ipv4.isValid(): ternary;
            hdr.ipv4.version: ternary;
            hdr.ipv4.ihl: ternary;
            meta.ipv4_damaged: ternary;
        }
        actions = {
#ifdef WITH_TAG
            go_on;
#endif
            proceed;
            send_for_controller;
            drop;
            to_controller;
        }
        const default_action = drop(DropReason.MALFORMED);
        const entries = {
#ifdef WITH_TAG
            (0, 1, _, _, _, _, _, _, _, _): go_on();
#endif
            (OUTSIDE, true, 510, _, _, _, _, _, _): drop(DropReason.PACKET_OUT_PORT);
            (OUTSIDE, true, 511, _, _, _, _, _, _): drop(DropReason.PACKET_OUT_PORT);
            (OUTSIDE, true, 0 &&& 0xfe00, PACKET_OUT_FORWARD, ETHERTYPE_ARP, _, _, _, _): to_controller(PACKET_IN_ARP);
            (OUTSIDE, true, 0 &&& 0xfe00, PACKET_OUT_FORWARD, _, true, 4, 5, 0): proceed();
            (OUTSIDE, true, 0 &&& 0xfe00, PACKET_OUT_FORWARD, _, true, 4, 5, 1): drop(DropReason.IPV4_CHECKSUM);
            (OUTSIDE, true, 0 &&& 0xfe00, PACKET_OUT_FORWARD, _, true, _, _, _): drop(DropReason.IPV4_OPTIONS);
            (OUTSIDE, true, 0 &&& 0xfe00, PACKET_OUT_FORWARD, _, false, _, _, _): drop(DropReason.ETHER_TYPE);
            (OUTSIDE, true, 0 &&& 0xfe00, _, _, _, _, _, _): send_for_controller();
            (OUTSIDE, true, _, _, _, _, _, _, _): drop(DropReason.PACKET_OUT_PORT);
            (OUTSIDE, _, _, _, ETHERTYPE_ARP, _, _, _, _): to_controller(PACKET_IN_ARP);
            (OUTSIDE, _, _, _, _, true, 4, 5, 0): proceed();
            (OUTSIDE, _, _, _, _, true, 4, 5, 1): drop(DropReason.IPV4_CHECKSUM);
            (OUTSIDE, _, _, _, _, true, _, _, _): drop(DropReason.IPV4_OPTIONS);
            (OUTSIDE, _, _, _, _, false, _, _, _): drop(DropReason.ETHER_TYPE);
        }
        size = 16;
    }
    @hidden
    action arrive_from_controller() {
        meta.ingress_port = hdr.packet_out.egress_port[8:0];
        hdr.packet_out.setInvalid();
    }
    // The traffic manager knows the CPU's port: no image is made for one of them.
    @hidden
    action send_to_controller() {
        ig_tm_md.copy_to_cpu = 1;
        hdr.bridge.kind = BridgeKind.CONTROLLER;
        hdr.packet_in.setValid();
        hdr.packet_in.ingress_port = (bit<16>) meta.ingress_port;
        hdr.packet_in.reason = meta.packet_in_reason;
        hdr.packet_in.reserved = 0;
    }
    @hidden
    action discard() {
        drops.count(meta.drop_reason);
        ig_dprsr_md.drop_ctl = 1;
    }
#ifdef WITH_LAPS
    // The recirculation port of the pipe the packet is in.
    @hidden
    action find_way_round() {
        meta.again[6:0] = RECIRCULATION;
    }
#endif
    @hidden
    action cross_unchanged() {
        hdr.bridge.kind = BridgeKind.CONTROLLER;
    }
#ifdef WITH_TAG
    @hidden
    action cross_again() {
        hdr.bridge.kind = BridgeKind.LAP;
    }
#endif
    @hidden
    action cross() {
        hdr.bridge.setValid();
        hdr.bridge.kind = BridgeKind.PLAIN;
    }
#ifdef WITH_TAG
    // One table less in the first stage, which has no room for it.
    @hidden
    action cross_or_again() {
        cross();
        find_way_round();
    }
#endif
#ifdef WITH_SINC
    @hidden
    action cross_down() {
        hdr.bridge.kind = BridgeKind.DOWN;
    }
#endif
#ifdef WITH_BROADCAST
    @hidden
    action cross_published() {
        hdr.bridge.kind = BridgeKind.PUBLISH;
        hdr.bridge.branches = meta.branches;
        hdr.bridge.ingress_port = meta.ingress_port;
    }
#endif

    apply {
        identity.apply();
        read_clock();
#ifdef WITH_STRATEGY
        read_slow_clock();
#endif
#ifdef WITH_TAG
        cross_or_again();
#else
#ifdef WITH_REDUCE
        find_way_round();
#endif
        cross();
#endif
        arrivals.apply();
        if (hdr.packet_out.isValid()) {
            arrive_from_controller();
        }

        // One after the other, each with its own condition: what stands inside an `if` has to be through before anything
        // behind it begins, and the lanes take nine of twelve stages.
#ifdef WITH_CACHE
        cache_entries.apply(hdr, meta);
        watched_services.apply(hdr, meta, ig_prsr_md);
#endif
#ifdef WITH_POLICY
#ifdef WITH_TAG
        admission.apply(hdr, meta, ig_intr_md, ig_dprsr_md, ig_tm_md);
        tag.apply(hdr, meta);
#else
        admission.apply(hdr, meta, ig_intr_md, ig_dprsr_md);
#endif
        services.apply(hdr, meta);
        strategy.apply(hdr, meta);
#endif
        names.apply(hdr, meta, ig_dprsr_md, ig_tm_md);
#ifdef WITH_CACHE
        hot_keys.apply(hdr, meta, ig_dprsr_md);
        cache.apply(hdr, meta);
#endif
#ifdef WITH_SINC
        sinc.apply(hdr, meta, ig_intr_md, ig_tm_md);
#endif
#ifdef WITH_REDUCE
        lanes.apply(hdr, meta);
#endif
#if defined(WITH_POLICY) && !defined(WITH_STRATEGY)
        clients.apply(hdr, meta);
#endif
        refusal.apply(hdr, meta);
#ifdef WITH_POLICY
        accounts.apply(hdr, meta);
#endif
        if (meta.verdict == Verdict.ROUTE) {
            underlay.apply(hdr, meta, ig_tm_md);
        }
#ifdef WITH_STRATEGY
        second_pass.apply(meta, ig_dprsr_md, ig_tm_md);
#endif
#ifdef WITH_TELEMETRY
#ifdef WITH_TAG
#define LEAVES meta.lapping == 0 &&
#else
#define LEAVES
#endif
        if (LEAVES meta.verdict == Verdict.PORT && hdr.telemetry.isValid()) {
            telemetry.apply(hdr, meta, ig_tm_md);
        }
#endif

        if (meta.verdict == Verdict.DROP) {
            discard();
        } else if (meta.verdict == Verdict.CONTROLLER) {
            send_to_controller();
        } else if (meta.unchanged == 1) {
            cross_unchanged();
        }
#ifdef WITH_TAG
        else if (meta.lapping == 1) {
            cross_again();
        }
#endif
#ifdef WITH_SINC
        else if (meta.down == 1) {
            cross_down();
        }
#endif
#ifdef WITH_BROADCAST
        else if (meta.decision == NameDecision.PUBLISH) {
            cross_published();
        }
#endif
    }
}

#ifdef WITH_TAG
// An addition takes a whole container for each number.
@pa_container_size("ingress", "hdr.lap.v0", 32)
@pa_container_size("ingress", "hdr.lap.v1", 32)
@pa_container_size("ingress", "hdr.lap.v2", 32)
@pa_container_size("ingress", "hdr.lap.v3", 32)
@pa_container_size("ingress", "hdr.lap.word", 32)
@pa_container_size("ingress", "hdr.lap.next", 32)
@pa_container_size("ingress", "hdr.seed.v3", 32)
@pa_container_size("ingress", "hdr.seed.word", 32)
@pa_container_size("ingress", "meta.word0", 32)
@pa_container_size("ingress", "meta.word1", 32)
@pa_container_size("ingress", "meta.word2", 32)
@pa_container_size("ingress", "meta.tweak_v1", 32)
@pa_container_size("egress", "hdr.lap.v0", 32)
@pa_container_size("egress", "hdr.lap.v1", 32)
@pa_container_size("egress", "hdr.lap.v2", 32)
@pa_container_size("egress", "hdr.lap.v3", 32)
@pa_container_size("egress", "hdr.lap.word", 32)
@pa_container_size("egress", "hdr.lap.next", 32)
#if __TARGET_TOFINO__ == 2
@pa_container_size("ingress", "hdr.lap.after", 32)
@pa_container_size("ingress", "meta.word3", 32)
@pa_container_size("ingress", "meta.word4", 32)
@pa_container_size("egress", "hdr.lap.after", 32)
@pa_container_size("egress", "meta.tweak_v2", 32)
#else
@pa_container_size("ingress", "meta.tweak_v2", 32)
#endif
#endif
@pa_auto_init_metadata
Pipeline(IngressParser(), ingress(), IngressDeparser(), EgressParser(), egress(), EgressDeparser()) pipe;

Switch(pipe) main;
