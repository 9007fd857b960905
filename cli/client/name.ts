import type { ApiClient } from './api.js';
import { clientCommand, positional } from './client-command.js';
import type { Resource } from './collections.js';
import { type HostPlace, placesOf, type ServiceStatus, showInstances } from './names.js';
import { cell, table } from './output.js';

interface Member {
  readonly member: number;
  readonly weight: number;
  readonly watchPort?: number;
  readonly action: { readonly name: string; readonly params: Readonly<Record<string, unknown>> } | null;
  readonly instance: number | null;
}

interface Leaf {
  readonly switch: string;
  /** Where the leaf could not be asked. */
  readonly error?: string;
  readonly entry?: { readonly table: string; readonly name: string; readonly prefixLength: number } | null;
  readonly leads?: {
    readonly kind: string;
    readonly group?: number;
    readonly members: readonly Member[];
  } | null;
}

interface NameView {
  readonly name: string;
  readonly service: (ServiceStatus & { readonly name: string }) | null;
  readonly host: { readonly name: string; readonly address: string } | null;
  readonly leaves: readonly Leaf[];
  readonly gateway: string | null;
}

export const name = clientCommand({
  name: 'name',
  summary: 'who serves a name, what every leaf holds for it, and which policies name it',
  takes: 'NAME',
  details: [
    'Who serves a name, and what each leaf holds for it, read from the leaves at that moment: the entry of its longest',
    'prefix in the FIB, and the members of the group it leads to, with their weights. Then the policies that name it.',
  ].join('\n'),
  positionals: [1, 1],
  ask: async (client, args) => {
    const wanted = positional(args, 0);
    const view = await client.get<NameView>(`/v1/names/${encodeURIComponent(wanted)}`);
    return {
      ...view,
      policies: await policiesOf(client, wanted),
      places: Object.fromEntries(await placesOf(client)),
    };
  },
  show: ({ name: wanted, service, host, leaves, gateway, policies, places }) => {
    const at = new Map(Object.entries(places));
    const parts: string[] = [];
    if (service !== null) {
      parts.push(`${wanted} is served as ${service.name}\n${showInstances(service.instances, at)}`);
    }
    if (host !== null) parts.push(`${wanted} is a host at ${host.address}`);
    const isLed = leaves.some(({ entry }) => entry !== null && entry !== undefined);
    if (service === null && host === null && !isLed) {
      const fate = gateway === null ? 'switches answer NO_ROUTE' : `what is sent to it goes to ${gateway}`;
      parts.push(`nobody serves ${wanted}: ${fate}`);
    }
    parts.push(showLeaves(leaves, at, gateway));
    for (const policy of policies) parts.push(`policy ${policy.name}: ${cell(policy.spec)}`);
    return parts.join('\n\n');
  },
});

function showLeaves(
  leaves: readonly Leaf[],
  places: ReadonlyMap<string, HostPlace>,
  gateway: string | null,
): string {
  const rows = leaves.flatMap((leaf): unknown[][] => {
    if (leaf.error !== undefined) return [[leaf.switch, '-', '-', leaf.error, '-', '-']];
    if (leaf.entry === null || leaf.entry === undefined) {
      return [[leaf.switch, 'no entry', '-', gateway === null ? 'Nack NO_ROUTE' : `to ${gateway}`, '-', '-']];
    }
    const { leads, entry } = leaf;
    const group = leads?.group === undefined ? '-' : leads.group;
    const members = leads?.members ?? [];
    if (members.length === 0) return [[leaf.switch, entry.name, group, 'nothing', '-', '-']];
    return members.map((member, index) => [
      ...(index === 0 ? [leaf.switch, entry.name, group] : ['', '', '']),
      actionOf(member, places),
      member.weight,
      member.watchPort ?? '-',
    ]);
  });
  return table(['LEAF', 'FIB ENTRY', 'GROUP', 'LEADS TO', 'WEIGHT', 'WATCHES PORT'], rows);
}

function actionOf({ action, instance }: Member, places: ReadonlyMap<string, HostPlace>): string {
  if (action === null) return 'a member that is not there';
  const { address, udp_port: port } = action.params;
  const name = action.name.slice(action.name.lastIndexOf('.') + 1);
  if (typeof address !== 'string') {
    const values = Object.values(action.params);
    return values.length === 0 ? name : `${name} ${values.join(' ')}`;
  }
  const host = places.get(address)?.name;
  const where = `${address}${typeof port === 'number' && port > 0 ? `:${port}` : ''}`;
  const who = instance === null ? name : `instance ${instance}`;
  return `${who} at ${where}${host === undefined ? '' : ` (${host})`}`;
}

async function policiesOf(client: ApiClient, wanted: string): Promise<Resource[]> {
  const kinds = await client.get<{ kind: string }[]>('/v1/kinds');
  if (!kinds.some(({ kind }) => kind === 'policies')) return [];
  return (await client.get<Resource[]>('/v1/policies')).filter(({ spec }) => concerns(spec, wanted));
}

/** Whether a policy's destination is the name, or above it. */
function concerns(spec: Resource['spec'], wanted: string): boolean {
  const destination = spec?.['destination'];
  return (
    typeof destination === 'string' &&
    (destination === '/' || wanted === destination || wanted.startsWith(`${destination}/`))
  );
}
