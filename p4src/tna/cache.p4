// Key-value cache (docs/protocol.md section 3.8), as in v1model: an entry is known by its index and generation, a version
// says how new it is, and it becomes valid only by a reply to a request that this entry stamped.
//
// What v1model does in one pass of reads and writes is here, in this order, one access each:
//   entry        generation, and whether the entry is valid
//   version      newest version seen in a reply
//   length       bytes of the value
//   value0 to value31, four bytes of the value each
//
// Differs from v1model: whether a reply may be kept is known only when the version has been compared, and whether the
// entry is valid stands in the register before. So a reply is kept in two passes of one packet, see `settle`.
