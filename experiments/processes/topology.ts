import { readFileSync } from 'node:fs';
import { parseTopology, portMac } from '../../controller/index.js';
import { formatMac } from '../../controller/p4runtime/values.js';
import { formatIpv4 } from '../../wire/index.js';

/**
 * A topology file as one line of JSON, for programs in other languages: `topology.js FILE`. Checked and with its defaults as
 * the controller reads it; what is wrong goes to standard error, by line and with the remedy, and the status is 1.
 */
const [file = ''] = process.argv.slice(2);

function readText(): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`topology file '${file}': ${why}; give the path of a YAML file, from here or from /`);
  }
}

try {
  const { fabric, switches, links, hosts } = parseTopology(readText(), file);
  const described = {
    service: formatIpv4(fabric.service),
    key: Buffer.from(fabric.key).toString('hex'),
    switches: [...switches.values()].map(({ name, id }) => ({ name, id })),
    links: links.map(({ a, b, quality }) => ({ a, b, quality })),
    hosts: [...hosts.values()].map(({ name, switch: leaf, port, ipv4, mac, quality }) => ({
      name,
      switch: leaf,
      port,
      ipv4: formatIpv4(ipv4),
      mac: formatMac(mac),
      gateway_mac: formatMac(portMac(switches.get(leaf)?.id ?? 0, port)),
      quality,
    })),
  };
  process.stdout.write(`${JSON.stringify(described)}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
