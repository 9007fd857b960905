import { ControllerError } from '../errors.js';
import type { TargetName } from '../p4runtime/target.js';
import { formatIPv4, formatMac, parseIPv4, parseMac } from '../p4runtime/values.js';
import { contains, hostMac, loopbackAddress, type Prefix, prefixFromText } from './addresses.js';
import { readPipelineSpec, readProgram } from './topology-pipelines.js';
import { type Problem, YamlNode } from './yaml-reader.js';

export type SwitchRole = 'leaf' | 'spine';

export interface SwitchSpec {
  readonly name: string;
  readonly role: SwitchRole;
  /** Number of the switch in the fabric, 1 to 65,535: telemetry, loopback and MAC addresses are made of it. */
  readonly id: number;
  readonly loopback: number;
  /** Where it stands; a service's instances at the caller's site are asked first. Undefined = nowhere in particular. */
  readonly site: string | undefined;
  /** `host:port` of its P4Runtime server, where the file gives one. */
  readonly grpc: string | undefined;
  /** Of `pipelines`, the one it executes: its own, else its role's. Undefined = the fabric's default. */
  readonly pipeline: string | undefined;
  /** What it does otherwise than the specification (docs/p4runtime-client.md). Undefined = found out where it can be. */
  readonly target: TargetName | undefined;
}

/** A program that some switches execute. */
export interface PipelineSpec {
  readonly name: string;
  /** As `sincmesh pipeline build` writes it; relative to the topology's file. */
  readonly file: string;
  /** Target of the switches that execute it, unless they say another. */
  readonly target: TargetName | undefined;
  /** Switches of these roles execute it, unless they say another. */
  readonly roles: readonly SwitchRole[];
}

export interface Endpoint {
  readonly switch: string;
  readonly port: number;
}

/** What a link is like, for whoever builds it; undefined means the builder's default. */
export interface LinkQuality {
  readonly rateMbps: number | undefined;
  readonly delayUs: number | undefined;
  readonly queuePackets: number | undefined;
  /** Probabilities from 0 to 1. */
  readonly loss: number | undefined;
  readonly duplicate: number | undefined;
  readonly reorder: number | undefined;
}

export interface LinkSpec {
  readonly a: Endpoint;
  readonly b: Endpoint;
  readonly quality: LinkQuality;
}

export interface HostSpec {
  readonly name: string;
  readonly switch: string;
  readonly port: number;
  readonly ipv4: number;
  readonly mac: number;
  readonly quality: LinkQuality;
}

export interface FabricSpec {
  /** Key of the name digests, 16 bytes. */
  readonly key: Uint8Array;
  /** Where hosts send named packets whose destination is not resolved yet. */
  readonly service: number;
  /** Addresses of hosts and switches lie in it. */
  readonly prefix: Prefix;
  /** Addresses of the switches themselves. */
  readonly loopbacks: Prefix;
  /** Default off. */
  readonly admission: AdmissionMode;
  /** Host that gets what no route and no name leads to. */
  readonly gateway: string | undefined;
}

/**
 * What is asked of who sends a named packet (Service Prefix Authentication):
 *   off    nothing
 *   names  its source name was granted to the port it comes by, or it carries the tag of a credential
 *   tags   it carries the tag of a credential
 */
export type AdmissionMode = 'off' | 'names' | 'tags';

/** A fabric as its file describes it: checked, immutable, every reference resolved. */
export interface Topology {
  readonly fabric: FabricSpec;
  readonly switches: ReadonlyMap<string, SwitchSpec>;
  readonly pipelines: ReadonlyMap<string, PipelineSpec>;
  readonly links: readonly LinkSpec[];
  readonly hosts: ReadonlyMap<string, HostSpec>;
}

/** All problems of a topology file; the message shows the first ones as `file:line:column`. */
export class TopologyError extends ControllerError {
  readonly problems: readonly Problem[];

  constructor(file: string, problems: readonly Problem[]) {
    const shown = problems.slice(0, 10).map(({ line, column, path, message, remedy }) => {
      return `${file}:${line}:${column}: ${path === '' ? '' : `${path}: `}${message}; ${remedy}`;
    });
    if (problems.length > shown.length) shown.push(`and ${problems.length - shown.length} more`);
    super('TOPOLOGY', shown.join('\n'));
    this.name = 'TopologyError';
    this.problems = problems;
  }
}

const DEFAULT_KEY = '000102030405060708090a0b0c0d0e0f';
const DEFAULT_SERVICE = '10.255.255.1';
const DEFAULT_PREFIX = '10.0.0.0/8';
const DEFAULT_LOOPBACKS = '10.255.0.0/24';

/** Ports a program of ours can address: bit<9> without the CPU port (510) and the drop port (511). */
const MAX_PORT = 509;
const NAME = /^[a-z][a-z0-9-]{0,62}$/;

const FABRIC_FIELDS = ['key', 'service', 'prefix', 'loopbacks', 'admission', 'gateway'] as const;
const LINK_FIELDS = ['rate_mbps', 'delay_us', 'queue', 'loss', 'duplicate', 'reorder'] as const;

/** Reads a topology from YAML text; `file` is what error messages call it. Throws TopologyError. */
export function parseTopology(text: string, file = 'topology'): Topology {
  const problems: Problem[] = [];
  const root = YamlNode.parse(text, problems);
  if (problems.length > 0) throw new TopologyError(file, problems);
  const reader = new TopologyReader();
  const topology = reader.read(root);
  if (topology === undefined || problems.length > 0) throw new TopologyError(file, problems);
  return topology;
}

class TopologyReader {
  readonly #switches = new Map<string, SwitchSpec>();
  readonly #pipelines = new Map<string, PipelineSpec>();
  readonly #hosts = new Map<string, HostSpec>();
  readonly #links: LinkSpec[] = [];
  readonly #usedIds = new Map<number, string>();
  readonly #usedPorts = new Map<string, string>();
  readonly #usedAddresses = new Map<number, string>();
  readonly #usedMacs = new Map<number, string>();

  read(root: YamlNode): Topology | undefined {
    const top = root.fields(['fabric', 'pipelines', 'switches', 'links', 'hosts']);
    if (top === undefined) return undefined;
    const fabric = this.#readFabric(top.fabric);
    if (fabric === undefined) return undefined;
    this.#usedAddresses.set(fabric.service, 'fabric.service');
    for (const item of top.pipelines.items()) readPipelineSpec(item, this.#pipelines);
    for (const item of top.switches.items()) this.#readSwitch(item, fabric);
    for (const item of top.links.items()) this.#readLink(item);
    for (const item of top.hosts.items()) this.#readHost(item, fabric);
    if (fabric.gateway !== undefined && !this.#hosts.has(fabric.gateway)) {
      top.fabric.problem(`fabric.gateway '${fabric.gateway}' is no host`, 'name one of hosts');
    }
    if (this.#switches.size === 0) top.switches.problem('no switch', 'add at least one under switches');
    return {
      fabric,
      pipelines: this.#pipelines,
      switches: this.#switches,
      links: this.#links,
      hosts: this.#hosts,
    };
  }

  #readFabric(node: YamlNode): FabricSpec | undefined {
    const fields = node.missing ? undefined : node.fields(FABRIC_FIELDS);
    if (!node.missing && fields === undefined) return undefined;
    const text = (name: (typeof FABRIC_FIELDS)[number], byDefault: string) => {
      const field = fields?.[name];
      return field === undefined || field.missing ? byDefault : (field.text(name) ?? byDefault);
    };
    const problem = (name: (typeof FABRIC_FIELDS)[number], message: string, remedy: string) =>
      (fields?.[name] ?? node).problem(message, remedy);
    const keyText = text('key', DEFAULT_KEY).replaceAll(/[\s:]/g, '');
    if (!/^[0-9a-f]{32}$/i.test(keyText)) {
      problem('key', 'is no key of 16 bytes', `write 32 hexadecimal digits in quotes, e.g. '${DEFAULT_KEY}'`);
    }
    const service = parseIPv4(text('service', DEFAULT_SERVICE));
    const prefix = prefixFromText(text('prefix', DEFAULT_PREFIX));
    const loopbacks = prefixFromText(text('loopbacks', DEFAULT_LOOPBACKS));
    if (service === undefined) return problem('service', 'is no IPv4 address', `e.g. ${DEFAULT_SERVICE}`);
    if (prefix === undefined) return problem('prefix', 'is no IPv4 prefix', `e.g. ${DEFAULT_PREFIX}`);
    if (loopbacks === undefined) {
      return problem('loopbacks', 'is no IPv4 prefix', `e.g. ${DEFAULT_LOOPBACKS}`);
    }
    const admission = text('admission', 'off');
    if (admission !== 'off' && admission !== 'names' && admission !== 'tags') {
      return problem('admission', `'${admission}' is unknown`, 'write off, names or tags');
    }
    const gateway =
      fields === undefined || fields.gateway.missing ? undefined : fields.gateway.text('a host');
    const key = Uint8Array.from(Buffer.from(keyText, 'hex'));
    return { key, service, prefix, loopbacks, admission, gateway };
  }

  #readSwitch(node: YamlNode, fabric: FabricSpec): void {
    const fields = node.fields(['name', 'role', 'id', 'grpc', 'site', 'pipeline', 'target']);
    if (fields === undefined) return;
    const name = this.#readName(fields.name, 'switch');
    const role = fields.role.text('the role');
    const id = fields.id.integer('the switch id', 1, 65535);
    if (name === undefined || role === undefined || id === undefined) return;
    if (role !== 'leaf' && role !== 'spine') {
      fields.role.problem(`unknown role '${role}'`, 'write leaf or spine');
      return;
    }
    const owner = this.#usedIds.get(id);
    if (owner !== undefined) {
      fields.id.problem(`id ${id} is ${owner}'s`, 'give every switch a number of its own');
      return;
    }
    if (id >= 2 ** (32 - fabric.loopbacks.length)) {
      fields.id.problem(
        `id ${id} has no address in fabric.loopbacks`,
        'give fabric.loopbacks a shorter prefix',
      );
      return;
    }
    this.#usedIds.set(id, name);
    const grpc = fields.grpc.missing ? undefined : fields.grpc.text('the gRPC address');
    const loopback = loopbackAddress(fabric.loopbacks, id);
    this.#usedAddresses.set(loopback, name);
    const site = fields.site.missing ? undefined : fields.site.text('the site');
    if (site !== undefined && !NAME.test(site)) {
      fields.site.problem(`'${site}' is no name`, 'use a to z, 0 to 9 and -, starting with a letter');
      return;
    }
    const program = readProgram(fields.pipeline, fields.target, role, this.#pipelines);
    this.#switches.set(name, { name, role, id, loopback, grpc, site, ...program });
  }

  #readName(node: YamlNode, what: string): string | undefined {
    const name = node.text(`the ${what}'s name`);
    if (name === undefined) return undefined;
    if (!NAME.test(name)) {
      return node.problem(`'${name}' is no name`, 'use a to z, 0 to 9 and -, starting with a letter');
    }
    if (this.#switches.has(name) || this.#hosts.has(name)) {
      return node.problem(`the name '${name}' is taken`, 'give every switch and host a name of its own');
    }
    return name;
  }

  #readLink(node: YamlNode): void {
    const fields = node.fields(['a', 'b', ...LINK_FIELDS]);
    if (fields === undefined) return;
    const a = this.#readEndpoint(fields.a);
    const b = this.#readEndpoint(fields.b);
    if (a === undefined || b === undefined) return;
    if (a.switch === b.switch) {
      node.problem(`joins ${a.switch} with itself`, 'join two switches');
      return;
    }
    const what = `link ${a.switch}:${a.port} to ${b.switch}:${b.port}`;
    if (!this.#takePort(a, what, fields.a) || !this.#takePort(b, what, fields.b)) return;
    this.#links.push({ a, b, quality: readQuality(fields) });
  }

  #readEndpoint(node: YamlNode): Endpoint | undefined {
    const text = node.text('an end of the link');
    if (text === undefined) return undefined;
    const match = /^([^:]+):(\d+)$/.exec(text);
    if (match === null) return node.problem(`'${text}' is no port`, 'write switch:port, e.g. leaf1:1');
    const [, name = '', digits = ''] = match;
    return this.#checkEndpoint(name, Number(digits), node);
  }

  #checkEndpoint(name: string, port: number, node: YamlNode): Endpoint | undefined {
    if (!this.#switches.has(name)) {
      const known = [...this.#switches.keys()].join(', ');
      return node.problem(`no switch '${name}'`, `switches are ${known === '' ? 'missing' : known}`);
    }
    if (port < 1 || port > MAX_PORT) {
      return node.problem(`port ${port} is out of range`, `write a port from 1 to ${MAX_PORT}`);
    }
    return { switch: name, port };
  }

  #takePort(end: Endpoint, user: string, node: YamlNode): boolean {
    const port = `${end.switch}:${end.port}`;
    const owner = this.#usedPorts.get(port);
    if (owner !== undefined) {
      node.problem(`${port} is taken by ${owner}`, 'use another port');
      return false;
    }
    this.#usedPorts.set(port, user);
    return true;
  }

  #readHost(node: YamlNode, fabric: FabricSpec): void {
    const fields = node.fields(['name', 'switch', 'port', 'ipv4', 'mac', ...LINK_FIELDS]);
    if (fields === undefined) return;
    const name = this.#readName(fields.name, 'host');
    const at = fields.switch.text('the switch');
    const port = fields.port.integer('the port', 1, MAX_PORT);
    const address = fields.ipv4.text('an IPv4 address');
    if (name === undefined || at === undefined || port === undefined || address === undefined) return;
    const end = this.#checkEndpoint(at, port, fields.switch);
    const ipv4 = parseIPv4(address);
    if (ipv4 === undefined) {
      fields.ipv4.problem(`'${address}' is no IPv4 address`, 'write four numbers, e.g. 10.0.1.1');
      return;
    }
    if (!contains(fabric.prefix, ipv4)) {
      const prefix = `${formatIPv4(fabric.prefix.address)}/${fabric.prefix.length}`;
      fields.ipv4.problem(`${address} is outside ${prefix}`, 'use an address of fabric.prefix, or widen it');
      return;
    }
    const macText = fields.mac.missing ? undefined : fields.mac.text('a MAC address');
    const mac = macText === undefined ? hostMac(ipv4) : parseMac(macText);
    if (mac === undefined || Math.floor(mac / 2 ** 40) % 2 === 1) {
      fields.mac.problem(`'${macText}' is no unicast MAC address`, `e.g. ${formatMac(hostMac(ipv4))}`);
      return;
    }
    if (!this.#takeAddress(this.#usedAddresses, ipv4, address, name, fields.ipv4)) return;
    if (!this.#takeAddress(this.#usedMacs, mac, formatMac(mac), name, fields.mac)) return;
    if (end === undefined || !this.#takePort(end, `host ${name}`, fields.port)) return;
    this.#hosts.set(name, { name, switch: at, port, ipv4, mac, quality: readQuality(fields) });
  }

  #takeAddress(
    used: Map<number, string>,
    address: number,
    text: string,
    name: string,
    node: YamlNode,
  ): boolean {
    const owner = used.get(address);
    if (owner !== undefined) {
      node.problem(`${text} is ${owner}'s`, 'give every host an address of its own');
      return false;
    }
    used.set(address, name);
    return true;
  }
}

function readQuality(fields: Record<(typeof LINK_FIELDS)[number], YamlNode>): LinkQuality {
  const number = (node: YamlNode, what: string, high: number) =>
    node.missing ? undefined : node.number(what, 0, high);
  return {
    rateMbps: number(fields.rate_mbps, 'the rate', 1e6),
    delayUs: number(fields.delay_us, 'the delay', 1e9),
    queuePackets: number(fields.queue, 'the queue length', 1e6),
    loss: number(fields.loss, 'the loss probability', 1),
    duplicate: number(fields.duplicate, 'the duplication probability', 1),
    reorder: number(fields.reorder, 'the reordering probability', 1),
  };
}
