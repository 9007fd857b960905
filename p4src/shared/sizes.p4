// How much of everything there is: entries of tables, cells of registers.
#ifndef SINCMESH_SIZES_P4
#define SINCMESH_SIZES_P4

const bit<32> ROUTES = 4096;
const bit<32> NEXT_HOPS = 1024;

const bit<32> FIB_ENTRIES = 16384;
const bit<32> INSTANCES = 16384;

const bit<32> EDGE_PORTS = 512;
const bit<32> GRANTS = 8192;
const bit<32> CREDENTIALS = 4096;
// A window of 64 sequence numbers per credential.
const bit<32> REPLAY_CELLS = 262144;
const bit<32> DENIALS = 8;

const bit<32> RULES = 4096;
const bit<32> RATES = 1024;
const bit<32> VERSIONS = 1024;

const bit<32> SERVICES = 4096;
const bit<32> SERVICE_NACKS = 65536;
const bit<32> SERVICE_LATENCIES = 131072;

const bit<32> FLOWS = 16384;

// One for every number an instance can have.
const bit<32> BREAKERS = 65536;
const bit<32> BREAKER_GUARDS = 16384;

const bit<32> SINC_GROUPS = 1024;
const bit<32> LABELS = 1024;
const bit<32> SINC_SOURCES = 16384;
// 2,048 slots, each with its shadow copy beside it.
const bit<32> REDUCE_CELLS = 4096;
// Four vectors to a cell; lane index = 4 * cell + vector.
const bit<32> REDUCE_LANE_ENTRIES = 16384;
const bit<32> COUNTER_CELLS = 65536;
const bit<32> ANSWERS = 65536;

const bit<32> CACHE_ENTRIES = 4096;
const bit<32> CACHE_SERVICES = 1024;
const bit<32> SKETCH_ROW = 65536;
const bit<32> BLOOM_ROW = 262144;

const bit<32> HOST_PORTS = 512;
const bit<32> BRANCHES = 16384;
const bit<32> NACK_REASONS = 256;
const bit<32> DROP_REASONS = 32;

#endif
