import type { JsonSchema } from '../collection.js';
import { ControllerError } from '../errors.js';
import { prefixOf, type Rate } from '../policy/spec.js';
import type { Json } from '../store/store.js';
import { compileSpec } from '../validate.js';
import type { TrustFactors, VIOLATIONS } from './score.js';

/** What is done to an identity whose score is below. */
export interface TrustStep {
  readonly below: number;
  readonly rate?: Rate;
  readonly deny?: true;
}

export interface TrustPolicySpec extends TrustFactors {
  readonly identities: string;
  /** By falling `below`. */
  readonly steps: readonly TrustStep[];
  readonly margin: number;
  readonly intervalMs: number;
}

const PENALTIES: Readonly<Record<(typeof VIOLATIONS)[number], readonly [number, string]>> = {
  notGranted: [0.1, 'a source name that is not granted to the port'],
  untagged: [0.1, 'no tag where one is required'],
  unknownCredential: [0.5, 'a credential nobody issued'],
  forged: [1, 'a wrong tag'],
  replayed: [0.5, 'a packet that was there before'],
};

const part = (description: string, rest: JsonSchema): JsonSchema => ({
  type: 'number',
  minimum: 0,
  maximum: 1,
  description,
  ...rest,
});

/** Schema of a trust policy's spec. */
export const TRUST_POLICY_SCHEMA: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  description: 'How trust in hosts is reckoned, and what follows where there is little.',
  properties: {
    identities: {
      type: 'string',
      pattern: '^/',
      maxLength: 255,
      default: '/',
      description:
        'Hosts whose name is this or below it; / is all. The most specific policy counts for a host.',
    },
    initial: part('Score of a host nobody knows yet, 0 to 1.', { default: 0.7 }),
    maturityMs: {
      type: 'integer',
      minimum: 1,
      default: 3_600_000,
      description: 'Milliseconds in which the score of a host without violations goes half the way to 1.',
    },
    halfLifeMs: {
      type: 'integer',
      minimum: 1,
      default: 60_000,
      description: 'Milliseconds in which the penalty for violations halves.',
    },
    penalties: {
      type: 'object',
      additionalProperties: false,
      default: {},
      description: 'Penalty for each violation an edge switch reports; a penalty of 1 halves the score.',
      properties: Object.fromEntries(
        Object.entries(PENALTIES).map(([name, [value, what]]) => [
          name,
          { type: 'number', minimum: 0, maximum: 10, default: value, description: `For ${what}.` },
        ]),
      ),
    },
    steps: {
      type: 'array',
      minItems: 1,
      maxItems: 8,
      default: [
        { below: 0.5, rate: { packetsPerSecond: 100, burst: 100 } },
        { below: 0.2, deny: true },
      ],
      description: 'Steps of tightening, mild ones first; one is taken, or taken back, at a time.',
      items: {
        type: 'object',
        additionalProperties: false,
        description: 'One step: a rate for what the host sends, or nothing may pass.',
        required: ['below'],
        properties: {
          below: part('Score below which the step is taken.', {}),
          rate: {
            type: 'object',
            additionalProperties: false,
            required: ['packetsPerSecond'],
            description: 'Most requests of the host its leaf lets in.',
            properties: {
              packetsPerSecond: {
                type: 'integer',
                minimum: 1,
                maximum: 1_000_000_000,
                description: 'Packets a second.',
              },
              burst: {
                type: 'integer',
                minimum: 1,
                maximum: 1_000_000,
                default: 100,
                description: 'Packets that may come at once.',
              },
            },
          },
          deny: { const: true, description: 'Nothing of the host passes, not even to the registry.' },
        },
      },
    },
    margin: part('How far above a threshold the score has to be for its step to be taken back.', {
      default: 0.05,
    }),
    intervalMs: {
      type: 'integer',
      minimum: 10,
      maximum: 3_600_000,
      default: 1000,
      description: 'Milliseconds between two looks at the scores.',
    },
  },
};

const check = compileSpec<TrustPolicySpec>('trust policy', TRUST_POLICY_SCHEMA);

/** Throws ControllerError BAD_REQUEST. */
export function parseTrustPolicy(json: Json): TrustPolicySpec {
  const spec = check(json);
  prefixOf(spec.identities);
  for (const [index, step] of spec.steps.entries()) {
    if ((step.rate === undefined) === (step.deny === undefined)) {
      throw new ControllerError('BAD_REQUEST', `trust policy: /steps/${index} needs either rate or deny`);
    }
    if (step.below > (spec.steps[index - 1]?.below ?? 1)) {
      throw new ControllerError(
        'BAD_REQUEST',
        `trust policy: /steps/${index}/below is above the step before it; put the milder step first`,
      );
    }
  }
  return spec;
}
