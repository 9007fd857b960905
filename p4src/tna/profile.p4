// What one image holds. A Tofino has twelve stages (a Tofino 2 twenty), and not everything that sincmesh does on BMv2
// fits into them at once, so there are named profiles: p4c -DPROFILE_<NAME>, see build.sh and docs/tofino.md.
//
//   ROUTING   names, services, admission, access rules, rates, broadcast, telemetry: what there is about names but the cache
//   REDUCE    names, and SINC reduce
//   CELLS     names, and SINC fetch-and-add and compare-and-swap
//   CACHE     names, and the key-value cache with its sketch and filter
//   STRATEGY  names, services, admission, mirrors, faults, splits, breakers
//   EDGE      what ROUTING has, and credentials: tags verified by recirculation
//
// A Tofino 2 has room for access rules and rates in STRATEGY, and for all of STRATEGY in ROUTING.
#ifndef SINCMESH_TNA_PROFILE_P4
#define SINCMESH_TNA_PROFILE_P4

// FIB_SIZE: names in the FIB, found by compiling with more until it no longer fitted (docs/tofino.md).
#ifndef FIB_SIZE
#if __TARGET_TOFINO__ == 2 && defined(PROFILE_CACHE)
#define FIB_SIZE 4096
#elif __TARGET_TOFINO__ == 2
#define FIB_SIZE 8192
#elif defined(PROFILE_CELLS)
#define FIB_SIZE 10240
#elif defined(PROFILE_REDUCE)
#define FIB_SIZE 4096
#else
#define FIB_SIZE 2048
#endif
#endif

#if defined(PROFILE_ROUTING)
#define WITH_POLICY 1
#define WITH_RULES 1
#define WITH_BROADCAST 1
#define WITH_TELEMETRY 1
#if __TARGET_TOFINO__ == 2
#define WITH_STRATEGY 1
#endif
#elif defined(PROFILE_REDUCE)
#define WITH_SINC 1
#define WITH_REDUCE 1
#elif defined(PROFILE_CELLS)
#define WITH_SINC 1
#define WITH_CELLS 1
#elif defined(PROFILE_CACHE)
#define WITH_CACHE 1
#elif defined(PROFILE_STRATEGY)
#define WITH_POLICY 1
#define WITH_STRATEGY 1
#if __TARGET_TOFINO__ == 2
#define WITH_RULES 1
#endif
#elif defined(PROFILE_EDGE)
#define WITH_POLICY 1
#define WITH_RULES 1
#define WITH_BROADCAST 1
#define WITH_TELEMETRY 1
#define WITH_TAG 1
#else
#error "choose a profile: -DPROFILE_ROUTING, -DPROFILE_REDUCE, -DPROFILE_CELLS, -DPROFILE_CACHE, -DPROFILE_STRATEGY or -DPROFILE_EDGE"
#endif

// What passes through the pipe several times.
#if defined(WITH_REDUCE) || defined(WITH_TAG)
#define WITH_LAPS 1
#endif

// Whether the packet is one to be looked at by its names; one whose tag is still to be verified is not.
#ifdef WITH_TAG
#define NAMED meta.named == 1
#else
#define NAMED hdr.name.isValid()
#endif

#endif
