import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ForwardingPipelineConfig, TableEntry } from 'p4runtime-js';
import { parseP4InfoText } from 'p4runtime-js/p4info-text';
import { Rig, tableEntity } from './rig.js';

const directory = process.env['SINCMESH_CONFORMANCE'] ?? resolve('../shared/conformance/v1model');

describe('P4Runtime over the v1model corpus', () => {
  it('every program can be pushed, and its const and default entries read', async function () {
    if (!existsSync(directory)) {
      // The corpus does not ship with the project.
      this.skip();
    }
    this.timeout(60_000);
    const rig = await new Rig().start();
    try {
      await rig.primary();
      const programs = readdirSync(directory).filter((file) => file.endsWith('.p4info.txtpb'));
      assert.ok(programs.length > 0, `no P4Info in ${directory}`);
      for (const file of programs) {
        const config = new ForwardingPipelineConfig();
        config.setP4info(parseP4InfoText(readFileSync(join(directory, file), 'utf8')));
        config.setP4DeviceConfig(readFileSync(join(directory, file.replace('.p4info.txtpb', '.json'))));
        assert.deepEqual(await rig.setPipeline(config), undefined, file);
        const defaults = new TableEntry();
        defaults.setIsDefaultAction(true);
        const { entities, failure } = await rig.readAll(tableEntity(new TableEntry()), tableEntity(defaults));
        assert.equal(failure, undefined, file);
        const listed = config.getP4info()?.getTablesList() ?? [];
        const constant = new Set(
          listed
            .filter((t) => t.getIsConstTable() && t.getHasInitialEntries())
            .map((t) => t.getPreamble()?.getId()),
        );
        for (const entity of entities) constant.delete(entity.getTableEntry()?.getTableId());
        assert.deepEqual([...constant], [], `${file}: const tables without entries`);
      }
    } finally {
      await rig.stop();
    }
  });
});
