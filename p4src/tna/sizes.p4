// How much of everything there is, as shared/sizes.p4 says it for v1model. What is smaller here is so because it was
// measured to fit (docs/tofino.md has the numbers).
#ifndef SINCMESH_TNA_SIZES_P4
#define SINCMESH_TNA_SIZES_P4

const bit<32> ROUTES = 4096;
const bit<32> NEXT_HOPS = 1024;
const bit<32> NEXT_HOP_GROUP = 64;
const bit<32> NEXT_HOP_GROUPS = 256;

const bit<32> FIB_ENTRIES = FIB_SIZE;
const bit<32> INSTANCES = 16384;
const bit<32> INSTANCE_GROUP = 256;
const bit<32> INSTANCE_GROUPS = 1024;

const bit<32> EDGE_PORTS = 512;
const bit<32> GRANTS = 1024;
const bit<32> DENIALS = 8;
#ifdef WITH_TAG
// A window of 64 sequence numbers to a credential, of 64 bits each.
#if __TARGET_TOFINO__ == 2
const bit<32> CREDENTIALS = 512;
const bit<32> REPLAY_CELLS = 32768;
#define SLOT_BITS 9
#else
const bit<32> CREDENTIALS = 1024;
const bit<32> REPLAY_CELLS = 65536;
#define SLOT_BITS 10
#endif
#endif

const bit<32> RULES = 512;
const bit<32> RATES = 1024;
const bit<32> VERSIONS = 1024;
const bit<32> VERSION_GROUP = 256;
const bit<32> VERSION_GROUPS = 512;

// Of an instance's number the lower bits.
const bit<32> BREAKERS = 32768;
const bit<32> BREAKER_GUARDS = 4096;

const bit<32> CLIENTS = 4096;
const bit<32> SERVICES = 1024;
const bit<32> SERVICE_NACKS = 16384;
const bit<32> SERVICE_LATENCIES = 32768;

const bit<32> SINC_GROUPS = 1024;
const bit<32> SINC_SOURCES = 16384;
const bit<32> REDUCE_CELLS = 4096;
// Of a lane: 4096 elements of each of four vectors.
const bit<32> LANE_PART = 4096;
const bit<32> LANE_CELLS = 16384;
const bit<32> COUNTER_CELLS = 65536;
// 64 bits each: 65,536 of them are one block of memory too many on a Tofino 2.
#if __TARGET_TOFINO__ == 2
const bit<32> ANSWERS = 32768;
#else
const bit<32> ANSWERS = 65536;
#endif

const bit<32> CACHE_ENTRIES = 4096;
const bit<32> CACHE_SERVICES = 512;
const bit<32> SKETCH_ROW = 65536;
const bit<32> BLOOM_ROW = 65536;

const bit<32> HOST_PORTS = 512;
const bit<32> BRANCHES = 4096;
const bit<32> NACK_REASONS = 256;
const bit<32> DROP_REASONS = 32;

#endif
