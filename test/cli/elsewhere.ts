import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProcessFabric } from '../../experiments/processes/fabric.js';

const SWITCHES = [
  ['leaf1', 'leaf', 1],
  ['leaf2', 'leaf', 2],
  ['spine1', 'spine', 11],
  ['spine2', 'spine', 12],
] as const;

/** Two leaves and two spines; `addresses` are where their P4Runtime servers are. */
export function diamond(addresses: ReadonlyMap<string, string> = new Map()): string {
  const switches = SWITCHES.map(([name, role, id]) => {
    const grpc = addresses.get(name);
    return `  - { name: ${name}, role: ${role}, id: ${id}${grpc === undefined ? '' : `, grpc: '${grpc}'`} }`;
  });
  return [
    'fabric: { service: 10.255.255.1 }',
    'switches:',
    ...switches,
    'links:',
    '  - { a: leaf1:11, b: spine1:1 }',
    '  - { a: leaf2:11, b: spine1:2 }',
    '  - { a: leaf1:12, b: spine2:1 }',
    '  - { a: leaf2:12, b: spine2:2 }',
    'hosts:',
    '  - { name: h1, switch: leaf1, port: 1, ipv4: 10.0.1.1 }',
    '  - { name: h2, switch: leaf2, port: 1, ipv4: 10.0.2.1 }',
    '',
  ].join('\n');
}

/** Switch processes over UDP tunnels that wait for a controller, and the file `sincmesh up --connect` takes. */
export class Elsewhere {
  readonly switches: ProcessFabric;
  readonly file: string;
  readonly #folder: string;

  private constructor(switches: ProcessFabric, file: string, folder: string) {
    this.switches = switches;
    this.file = file;
    this.#folder = folder;
  }

  static async start(): Promise<Elsewhere> {
    const folder = mkdtempSync(join(tmpdir(), 'sincmesh-elsewhere-'));
    const [bare, file] = [join(folder, 'bare.yaml'), join(folder, 'fabric.yaml')];
    writeFileSync(bare, diamond());
    const switches = await ProcessFabric.start(bare, { controller: 'none' });
    writeFileSync(file, diamond(switches.addresses));
    return new Elsewhere(switches, file, folder);
  }

  async close(): Promise<void> {
    await this.switches.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
