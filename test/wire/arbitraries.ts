import fc from 'fast-check';
import {
  type Auth,
  FabricKey,
  FLAG_RESOLVED,
  FLAG_SWAPPED,
  type Hop,
  KV_LARGE,
  type Kv,
  type KvStatus,
  Name,
  type NamedPacket,
  type PacketType,
  type SincHeader,
  type Telemetry,
  textBlock,
} from '../../wire/index.js';

/** Text of a well-formed name. */
export const nameText: fc.Arbitrary<string> = fc
  .array(
    fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 7 })
      .filter((text) => !/[/\p{Cc}\p{Surrogate}]/u.test(text)),
    { minLength: 1, maxLength: 8 },
  )
  .map((components) => `/${components.join('/')}`)
  .filter((text) => new TextEncoder().encode(text).length <= 255);

export const u8 = fc.integer({ min: 0, max: 0xff });
export const u16 = fc.integer({ min: 0, max: 0xffff });
export const u32 = fc.integer({ min: 0, max: 0xffffffff });
export const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

export const auth: fc.Arbitrary<Auth> = fc.record({ keyId: u16, sequence: u32, tag: bytes(8) });

export const hop: fc.Arbitrary<Hop> = fc.record({
  switchId: u16,
  ingressPort: u16,
  egressPort: u16,
  queueDepth: u16,
  ingressTime: u32,
  egressTime: u32,
});

export const telemetry: fc.Arbitrary<Telemetry> = fc.record({
  hops: fc.array(hop, { maxLength: 8 }),
  dropped: u8,
});

/** A kv header, and the value that has to be the payload (large) or in the blocks. */
export const kv: fc.Arbitrary<{ kv: Kv; payload: Uint8Array | undefined }> = fc
  .record({
    op: fc.integer({ min: 1, max: 6 }),
    flags: fc.integer({ min: 0, max: 3 }),
    status: fc.constantFrom<KvStatus>(0, 1, 2),
    generation: u8,
    version: u32,
    key: bytes(16),
    value: fc.uint8Array({ maxLength: 300 }),
  })
  .map(({ value, ...rest }) => {
    const large = value.length > 128;
    return {
      kv: {
        ...rest,
        flags: rest.flags | (large ? KV_LARGE : 0),
        valueLength: value.length,
        value: large ? new Uint8Array(0) : value,
      },
      payload: large ? value : undefined,
    };
  });

/** A well-formed named packet with every combination of optional headers. */
export const namedPacket: fc.Arbitrary<NamedPacket> = fc
  .record({
    type: fc.constantFrom<PacketType>(1, 2, 3, 4, 5),
    swapped: fc.boolean(),
    resolved: fc.boolean(),
    hopLimit: u8,
    reason: u8,
    tag: u8,
    instance: u16,
    requestId: u32,
    stamp: u32,
    attempt: u8,
    patience: u8,
    dst: nameText,
    src: nameText,
    auth: fc.option(auth, { nil: undefined }),
    telemetry: fc.option(telemetry, { nil: undefined }),
    kv: fc.option(kv, { nil: undefined }),
    payload: fc.uint8Array({ maxLength: 300 }),
  })
  .map((p) => {
    const dst = Name.parse(p.dst);
    const src = Name.parse(p.src);
    return {
      type: p.type,
      flags:
        (p.swapped ? FLAG_SWAPPED : 0) |
        (p.resolved ? FLAG_RESOLVED : 0) |
        (p.auth === undefined ? 0 : 0x08) |
        (p.telemetry === undefined ? 0 : 0x04) |
        (p.kv === undefined ? 0 : 0x10),
      hopLimit: p.hopLimit,
      reason: p.reason,
      dstComponents: dst.components.length,
      srcComponents: src.components.length,
      tag: p.tag,
      instance: p.instance,
      requestId: p.requestId,
      stamp: p.stamp,
      attempt: p.attempt,
      patience: p.patience,
      dst: dst.digest(FabricKey.default).bytes,
      src: src.digest(FabricKey.default).bytes,
      auth: p.auth,
      telemetry: p.telemetry,
      kv: p.kv?.kv,
      text: p.swapped ? textBlock(src, dst) : textBlock(dst, src),
      payload: p.kv?.payload ?? p.payload,
    };
  });

export const sincHeader: fc.Arbitrary<SincHeader> = fc
  .record({
    overflow: fc.boolean(),
    done: fc.boolean(),
    loopback: fc.boolean(),
    group: fc.integer({ min: 0, max: 0xffffff }),
    sources: fc.integer({ min: 1, max: 0xffff }),
    source: u16,
    seq: u32,
    operation: u16,
    offset: fc.integer({ min: 16, max: 0xffff }),
  })
  .map((header) => ({ ...header, source: header.source % header.sources }));
