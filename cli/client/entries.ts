import { clientCommand, positional } from './client-command.js';
import { switchPath } from './fabric.js';
import { cell, table } from './output.js';

interface Entry {
  readonly table: string;
  /** Names of the digests among the fields of `match` and `params`. */
  readonly names?: Readonly<Record<string, string>>;
  readonly match?: Readonly<Record<string, unknown>>;
  readonly priority?: number;
  readonly action?: {
    readonly kind: string;
    readonly name?: string;
    readonly params?: Readonly<Record<string, unknown>>;
  };
  readonly isDefault?: boolean;
}

/** `dst=/shop/cart port=7`: names in place of digests where they are known. */
function fieldsText(
  fields: Readonly<Record<string, unknown>>,
  names: Readonly<Record<string, string>>,
): string {
  return Object.entries(fields)
    .map(([field, value]) => `${field}=${names[field] ?? valueText(field, value)}`)
    .join(' ');
}

function valueText(field: string, value: unknown): string {
  if (typeof value !== 'object' || value === null) return numberText(field, value);
  const { value: of, prefixLength, mask, low, high } = value as Readonly<Record<string, unknown>>;
  if (prefixLength !== undefined) return `${numberText(field, of)}/${prefixLength}`;
  if (mask !== undefined) return `${numberText(field, of)}&${numberText(field, mask)}`;
  if (low !== undefined) return `${low}..${high}`;
  return cell(value);
}

/** Addresses as people write them. */
function numberText(field: string, value: unknown): string {
  if (typeof value !== 'number') return shorten(String(value));
  if (/(^|_)address$|ipv4\.(src|dst)$/.test(field)) return octets(value, 4).join('.');
  if (/(^|_)mac$/.test(field)) {
    return octets(value, 6)
      .map((octet) => octet.toString(16).padStart(2, '0'))
      .join(':');
  }
  return String(value);
}

function octets(value: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => Math.floor(value / 256 ** (count - 1 - i)) % 256);
}

/** Digests of names nobody knows have up to 78 digits; --json has them all. */
const shorten = (digits: string) => (digits.length > 24 ? `${digits.slice(0, 12)}...` : digits);

function actionText(action: Entry['action']): unknown {
  if (action === undefined) return '-';
  const { kind, ...rest } = action as { readonly kind: string };
  return `${kind} ${Object.values(rest).map(cell).join(' ')}`.trimEnd();
}

export const entries = clientCommand({
  name: 'entries',
  summary: 'table entries, read from a switch, with the names of digests that are known',
  takes: 'SWITCH [TABLE]',
  positionals: [1, 2],
  ask: (client, args) => {
    const wanted = args.positionals[1];
    const query = wanted === undefined ? '' : `?table=${encodeURIComponent(wanted)}`;
    return client.get<Entry[]>(switchPath(positional(args, 0), `/entries${query}`));
  },
  show: (all) => {
    if (all.length === 0) return 'none';
    return table(
      ['TABLE', 'MATCH', 'PRIORITY', 'ACTION'],
      all.map(({ table: of, match = {}, priority, action, isDefault, names = {} }) => [
        of,
        isDefault === true ? 'default' : fieldsText(match, names),
        priority,
        action?.name === undefined
          ? actionText(action)
          : `${action.name} ${fieldsText(action.params ?? {}, names)}`.trimEnd(),
      ]),
    );
  },
});
