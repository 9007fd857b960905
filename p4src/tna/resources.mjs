// What an image takes of the chip, from the compiler's own accounts, as one small JSON; and its P4Info beside it.
// usage: node resources.mjs LOGS P4INFO OUT TARGET PROFILE

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [logs, p4info, out, target, profile] = process.argv.slice(2);
const { resources } = JSON.parse(readFileSync(join(logs, 'resources.json'), 'utf8'));
const phv = JSON.parse(readFileSync(join(logs, 'phv.json'), 'utf8'));

const used = (list) => list.filter((unit) => unit.usages.length > 0).length;
const stages = resources.mau.mau_stages.map((stage) => ({
  stage: stage.stage_number,
  sram: used(stage.rams.srams),
  mapRam: used(stage.map_rams.maprams),
  tcam: used(stage.tcams.tcams),
  meterAlus: used(stage.meter_alus.meters),
  statefulAlus: stage.meter_alus.meters.filter((alu) =>
    alu.usages.some((usage) => usage.used_for === 'stateful_ram'),
  ).length,
  hashBits: used(stage.hash_bits.bits),
  hashDistributionUnits: used(stage.hash_distribution_units.units),
  logicalTables: stage.logical_tables.ids.length,
  gateways: used(stage.gateways.gateways),
}));
const sum = (key) => stages.reduce((total, stage) => total + stage[key], 0);

// What there is in a stage; the same for Tofino 1 and 2.
const first = resources.mau.mau_stages[0];
const each = {
  sram: first.rams.nRows * first.rams.nColumns,
  mapRam: first.map_rams.nRows * first.map_rams.nUnits,
  tcam: first.tcams.nRows * first.tcams.nColumns,
  meterAlus: first.meter_alus.nAlus,
  hashBits: first.hash_bits.nBits * first.hash_bits.nFunctions,
  hashDistributionUnits: first.hash_distribution_units.nHashIds * first.hash_distribution_units.nUnitIds,
  logicalTables: first.logical_tables.size,
  gateways: first.gateways.nRows * first.gateways.nUnits,
};

const taken = new Map();
for (const container of phv.containers) {
  if (container.slices.length === 0) continue;
  const bits = taken.get(container.phv_number) ?? {
    kind: container.container_type,
    width: container.bit_width,
  };
  taken.set(container.phv_number, bits);
}
const bits = (kind) =>
  [...taken.values()].filter((c) => c.kind === kind).reduce((total, c) => total + c.width, 0);
const all = (list) => list.reduce((total, group) => total + group.units * group.width, 0);

const report = {
  target,
  profile,
  stages: { used: stages.filter((stage) => stage.logicalTables > 0).length, of: resources.mau.nStages },
  used: {
    sram: sum('sram'),
    mapRam: sum('mapRam'),
    tcam: sum('tcam'),
    meterAlus: sum('meterAlus'),
    statefulAlus: sum('statefulAlus'),
    hashBits: sum('hashBits'),
    hashDistributionUnits: sum('hashDistributionUnits'),
    logicalTables: sum('logicalTables'),
    gateways: sum('gateways'),
    phvBits: bits('normal'),
    taggedPhvBits: bits('tagalong'),
  },
  of: {
    ...Object.fromEntries(Object.entries(each).map(([key, value]) => [key, value * resources.mau.nStages])),
    phvBits: all(resources.phv_containers.normal),
    taggedPhvBits: all(resources.phv_containers.tagalong ?? []),
  },
  byStage: stages,
};

mkdirSync(out, { recursive: true });
const lines = JSON.stringify(report, null, 2).replace(/\{\s+"stage": [^}]*\}/g, (text) =>
  text.replace(/\s+/g, ' '),
);
writeFileSync(join(out, 'resources.json'), `${lines}\n`);
// Without the port metadata, a table of this architecture's driver in a message type that P4Runtime does not have.
const info = readFileSync(p4info, 'utf8').replace(/^externs \{\n(?: .*\n)*\}\n/gm, '');
writeFileSync(join(out, 'p4info.txtpb'), info);
