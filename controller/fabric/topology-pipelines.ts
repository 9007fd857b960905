import { TARGETS, type TargetName } from '../p4runtime/target.js';
import type { PipelineSpec, SwitchRole, SwitchSpec } from './topology.js';
import type { YamlNode } from './yaml-reader.js';

const NAME = /^[a-z][a-z0-9-]{0,62}$/;

/** Reads an item of `pipelines` into the map. */
export function readPipelineSpec(node: YamlNode, known: Map<string, PipelineSpec>): void {
  const fields = node.fields(['name', 'file', 'target', 'roles']);
  if (fields === undefined) return;
  const name = fields.name.text("the pipeline's name");
  const file = fields.file.text('the file of the pipeline');
  if (name === undefined || file === undefined) return;
  if (!NAME.test(name)) {
    fields.name.problem(`'${name}' is no name`, 'use a to z, 0 to 9 and -, starting with a letter');
    return;
  }
  if (known.has(name)) {
    fields.name.problem(`the pipeline '${name}' is there twice`, 'give every pipeline a name of its own');
    return;
  }
  const roles: SwitchRole[] = [];
  for (const item of fields.roles.items()) {
    const role = item.text('a role');
    if (role === undefined) continue;
    if (role !== 'leaf' && role !== 'spine') {
      item.problem(`unknown role '${role}'`, 'write leaf or spine');
      continue;
    }
    const other = [...known.values()].find((each) => each.roles.includes(role));
    if (other !== undefined || roles.includes(role)) {
      item.problem(
        `switches of role ${role} have the pipeline '${other?.name ?? name}' already`,
        'give a role one pipeline, and others to single switches',
      );
      continue;
    }
    roles.push(role);
  }
  known.set(name, { name, file, target: readTarget(fields.target), roles });
}

/** What a switch executes: what it says itself, else what its role has. */
export function readProgram(
  pipeline: YamlNode,
  target: YamlNode,
  role: SwitchRole,
  known: ReadonlyMap<string, PipelineSpec>,
): Pick<SwitchSpec, 'pipeline' | 'target'> {
  const name = pipeline.missing ? undefined : pipeline.text('the name of a pipeline');
  if (name !== undefined && !known.has(name)) {
    const names = [...known.keys()].join(', ');
    pipeline.problem(
      `no pipeline '${name}'`,
      names === '' ? 'list it under pipelines, with its file' : `pipelines are ${names}`,
    );
  }
  const spec =
    name === undefined ? [...known.values()].find(({ roles }) => roles.includes(role)) : known.get(name);
  return { pipeline: spec?.name, target: readTarget(target) ?? spec?.target };
}

function readTarget(node: YamlNode): TargetName | undefined {
  const text = node.missing ? undefined : node.text('a target');
  if (text === undefined) return undefined;
  const name = (Object.keys(TARGETS) as TargetName[]).find((each) => each === text);
  return name ?? node.problem(`unknown target '${text}'`, `write ${Object.keys(TARGETS).join(', ')}`);
}
