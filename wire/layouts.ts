import { ARP_LAYOUT } from './arp.js';
import { ETHERNET_LAYOUT } from './ethernet.js';
import { IPV4_LAYOUT } from './ipv4.js';
import { KV_BLOCK_LAYOUT, KV_LAYOUT } from './kv.js';
import type { Layout } from './layout.js';
import { MPLS_LAYOUT } from './mpls.js';
import { AUTH_LAYOUT, DIGESTS_LAYOUT, NAME_LAYOUT } from './named.js';
import { NSH_LAYOUT } from './nsh.js';
import { PACKET_IN_LAYOUT, PACKET_OUT_LAYOUT } from './packet-io.js';
import { CELL_LAYOUT, SINC_LAYOUT, VECTOR_LAYOUT } from './sinc.js';
import { HOP_LAYOUT, TELEMETRY_LAYOUT } from './telemetry.js';
import { UDP_LAYOUT } from './udp.js';

/** Every header of the wire, for whatever compares or prints them. */
export const LAYOUTS: readonly Layout[] = [
  ETHERNET_LAYOUT,
  ARP_LAYOUT,
  IPV4_LAYOUT,
  UDP_LAYOUT,
  NAME_LAYOUT,
  DIGESTS_LAYOUT,
  AUTH_LAYOUT,
  TELEMETRY_LAYOUT,
  HOP_LAYOUT,
  KV_LAYOUT,
  KV_BLOCK_LAYOUT,
  SINC_LAYOUT,
  VECTOR_LAYOUT,
  CELL_LAYOUT,
  NSH_LAYOUT,
  MPLS_LAYOUT,
  PACKET_IN_LAYOUT,
  PACKET_OUT_LAYOUT,
];
