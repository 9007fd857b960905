import { NackReason, Name } from '../../wire/index.js';
import type { JsonSchema } from '../collection.js';
import { ControllerError } from '../errors.js';
import type { Json } from '../store/store.js';
import { compileSpec } from '../validate.js';

export interface Rate {
  /** 1 to 10^9. */
  readonly packetsPerSecond: number;
  /** Packets that may come at once. */
  readonly burst: number;
}

export interface PortPlace {
  readonly switch: string;
  readonly port: number;
}

export type FaultRule =
  | { readonly kind: 'abort'; readonly reason: string; readonly share: number }
  | { readonly kind: 'drop'; readonly share: number };

export interface BreakerLimits {
  readonly maxOutstanding: number;
  readonly maxFailures: number;
  readonly windowMs: number;
  readonly restMs: number;
  readonly generation: number;
}

/** One way of a split; without a version: as if there were no split. */
export interface Share {
  readonly version?: string;
  readonly weight: number;
}

/** How weights follow measured load (controller/telemetry). */
export interface MeasuredWeights {
  readonly mode: 'measured';
  readonly intervalMs: number;
  readonly gain: number;
  readonly hysteresis: number;
  readonly minFactor: number;
  readonly maxFactor: number;
}

export interface NackRate extends Rate {
  readonly switch?: string;
  readonly port?: number;
}

/** A policy as it is kept: with defaults filled in. */
export interface PolicySpec {
  readonly destination: string;
  readonly source?: string;
  readonly tag?: number;
  readonly priority: number;
  /** Leaves at which it holds; undefined = all. */
  readonly at?: readonly string[];
  readonly access?: 'permit' | 'deny';
  readonly rate?: Rate;
  readonly breaker?: BreakerLimits;
  readonly mirror?: { readonly share: number; readonly to: readonly PortPlace[] };
  readonly fault?: FaultRule;
  readonly split?: readonly Share[];
  readonly stickiness?: { readonly idleMs: number };
  readonly nackRates?: readonly NackRate[];
  readonly weights?: { readonly mode: 'registered' } | MeasuredWeights;
}

const share = {
  type: 'number',
  minimum: 0,
  maximum: 1,
  description: 'Share of the packets, 0 to 1, in steps of a hundredth of a per cent.',
};
const packetsPerSecond = {
  type: 'integer',
  minimum: 1,
  maximum: 1_000_000_000,
  description: 'Packets a second.',
};
const burst = {
  type: 'integer',
  minimum: 1,
  maximum: 1_000_000,
  default: 100,
  description: 'Packets that may come at once.',
};
const prefix = (what: string) => ({
  type: 'string',
  pattern: '^/',
  maxLength: 255,
  description: `${what}: a name and all below it; / is everything.`,
});
const object = (properties: JsonSchema, required: readonly string[], description: string): JsonSchema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
  description,
});

/** Schema of a policy's spec. */
export const POLICY_SCHEMA: JsonSchema = {
  ...object(
    {
      destination: prefix('Whom the packets are for'),
      source: prefix('Who sends them'),
      tag: {
        type: 'integer',
        minimum: 0,
        maximum: 255,
        description: 'Traffic tag of the packets; for fault and split alone.',
      },
      priority: {
        type: 'integer',
        minimum: 0,
        maximum: 1000,
        default: 100,
        description: 'Of several policies for a packet the highest counts, of equal ones the most specific.',
      },
      at: {
        type: 'array',
        minItems: 1,
        uniqueItems: true,
        items: { type: 'string', description: 'A leaf.' },
        description:
          'Leaves whose packets it holds for; left out: all. Mirrors and Nack rates name theirs themselves.',
      },
      access: {
        enum: ['permit', 'deny'],
        description: 'Whether the packets may pass; denied ones get Nack DENIED.',
      },
      rate: object(
        { packetsPerSecond, burst },
        ['packetsPerSecond'],
        'Most requests each leaf lets in; what is over it gets Nack RATE_LIMITED.',
      ),
      breaker: object(
        {
          maxOutstanding: {
            type: 'integer',
            minimum: 0,
            maximum: 65_535,
            default: 0,
            description: 'Requests without an answer an instance may have at each leaf; 0 = no limit.',
          },
          maxFailures: {
            type: 'integer',
            minimum: 0,
            maximum: 65_535,
            default: 5,
            description: 'Failures in a row that open the breaker; 0 = never.',
          },
          windowMs: {
            type: 'number',
            minimum: 1,
            maximum: 1_000_000,
            default: 1000,
            description:
              'Milliseconds after which an unanswered request is lost; made a power of two of microseconds.',
          },
          restMs: {
            type: 'number',
            minimum: 1,
            maximum: 2_000_000,
            default: 5000,
            description: 'Milliseconds an open breaker rests before it tries one request.',
          },
          generation: {
            type: 'integer',
            minimum: 0,
            default: 0,
            description: 'Another number closes all breakers of the policy anew.',
          },
        },
        [],
        'Circuit breaker of every instance of the services: the switches fail fast by themselves.',
      ),
      mirror: object(
        {
          share,
          to: {
            type: 'array',
            minItems: 1,
            items: object(
              {
                switch: {
                  type: 'string',
                  description: 'A leaf: packets that enter the fabric there are copied.',
                },
                port: {
                  type: 'integer',
                  minimum: 1,
                  maximum: 509,
                  description: 'Its port the copies leave by.',
                },
              },
              ['switch', 'port'],
              'Where copies go.',
            ),
            description: 'One port on each leaf that shall copy.',
          },
        },
        ['share', 'to'],
        'Copies of a share of the packets, as they came in.',
      ),
      fault: {
        ...object(
          {
            kind: { enum: ['abort', 'drop'], description: 'Answered with a Nack, or lost.' },
            reason: {
              enum: Object.keys(NackReason),
              default: 'FAULT_INJECTED',
              description: 'Reason of the Nack.',
            },
            share,
          },
          ['kind', 'share'],
          'What goes wrong with a share of the packets, to see what clients make of it.',
        ),
      },
      split: {
        type: 'array',
        minItems: 1,
        maxItems: 32,
        items: object(
          {
            version: {
              type: 'string',
              pattern: '^[A-Za-z0-9._-]{1,63}$',
              description: 'Instances that registered with it; left out: all instances.',
            },
            weight: {
              type: 'integer',
              minimum: 1,
              maximum: 10_000,
              description: 'Share relative to the others.',
            },
          },
          ['weight'],
          'One way.',
        ),
        description: 'Requests by version of the service. A version nobody runs gets none.',
      },
      stickiness: object(
        {
          idleMs: {
            type: 'number',
            minimum: 1,
            maximum: 86_400_000,
            description: 'Milliseconds without a request after which a flow chooses anew.',
          },
        },
        ['idleMs'],
        'Requests of one source to one name keep their instance.',
      ),
      nackRates: {
        type: 'array',
        minItems: 1,
        items: object(
          {
            switch: { type: 'string', description: 'Left out: every leaf.' },
            port: {
              type: 'integer',
              minimum: 1,
              maximum: 509,
              description: 'Left out: every port with a host.',
            },
            packetsPerSecond,
            burst,
          },
          ['packetsPerSecond'],
          'One or several ports.',
        ),
        description:
          'Most Nacks a switch makes for packets from a port; further ones are dropped and counted.',
      },
      weights: object(
        {
          mode: {
            enum: ['registered', 'measured'],
            description: 'As instances registered, or shifted by the load they report.',
          },
          intervalMs: {
            type: 'integer',
            minimum: 100,
            maximum: 3_600_000,
            default: 1000,
            description: 'Milliseconds between two looks.',
          },
          gain: {
            type: 'number',
            exclusiveMinimum: 0,
            maximum: 1,
            default: 0.5,
            description: 'How much of a difference one step makes up for.',
          },
          hysteresis: {
            type: 'number',
            minimum: 0,
            maximum: 1,
            default: 0.1,
            description: 'Relative difference from the mean load that changes nothing.',
          },
          minFactor: {
            type: 'number',
            exclusiveMinimum: 0,
            maximum: 1,
            default: 0.1,
            description: 'Least weight, as a multiple of the registered one.',
          },
          maxFactor: {
            type: 'number',
            minimum: 1,
            maximum: 100,
            default: 4,
            description: 'Greatest weight, as a multiple of the registered one.',
          },
        },
        ['mode'],
        'Compute-aware routing: how the weights of instances come about.',
      ),
    },
    ['destination'],
    'Rules for what is sent to a prefix of names.',
  ),
};

const check = compileSpec<PolicySpec>('policy', POLICY_SCHEMA);
const RULES = [
  'access',
  'rate',
  'breaker',
  'mirror',
  'fault',
  'split',
  'stickiness',
  'nackRates',
  'weights',
] as const;
const OF_SERVICES = ['breaker', 'stickiness', 'weights'] as const;
const WITHOUT_LEAVES = ['mirror', 'nackRates', 'weights'] as const;
const WITHOUT_TAG = ['access', 'rate', 'mirror', ...OF_SERVICES, 'nackRates'] as const;

/** Throws ControllerError BAD_REQUEST. */
export function parsePolicy(json: Json): PolicySpec {
  const spec = check(json);
  prefixOf(spec.destination);
  if (spec.source !== undefined) prefixOf(spec.source);
  if (RULES.every((rule) => spec[rule] === undefined)) {
    throw bad(`the spec says nothing; give one or more of ${RULES.join(', ')}`);
  }
  if (spec.source !== undefined) refuse(spec, OF_SERVICES, 'source', 'concerns a service, whoever asks');
  if (spec.tag !== undefined) refuse(spec, WITHOUT_TAG, 'tag', 'does not look at tags');
  if (spec.at !== undefined) refuse(spec, WITHOUT_LEAVES, 'at', 'says by itself where it holds');
  const versions = (spec.split ?? []).map(({ version }) => version ?? '');
  if (new Set(versions).size < versions.length) throw bad('/split names a version twice; add up the weights');
  return spec;
}

function refuse(spec: PolicySpec, rules: readonly (keyof PolicySpec)[], field: string, why: string): void {
  const found = rules.find((rule) => spec[rule] !== undefined);
  if (found !== undefined)
    throw bad(`/${found} ${why}; leave /${field} out, or make a policy of its own for it`);
}

/** The name of a prefix; undefined = everything. Throws ControllerError BAD_REQUEST. */
export function prefixOf(text: string): Name | undefined {
  if (text === '/') return undefined;
  try {
    return Name.parse(text);
  } catch (error) {
    throw new ControllerError('BAD_REQUEST', `policy: ${error instanceof Error ? error.message : text}`, {
      cause: error,
    });
  }
}

/** Of a share from 0 to 1. */
export function hundredths(part: number): number {
  return Math.round(part * 10_000);
}

function bad(message: string): ControllerError {
  return new ControllerError('BAD_REQUEST', `policy: ${message}`);
}
