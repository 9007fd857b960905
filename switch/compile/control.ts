import { limbCount } from '../runtime/index.js';
import { successors } from '../spec/pipelines.js';
import type { ActionSpec, ControlNode, Next, PipelineSpec, TableSpec } from '../spec/types.js';
import { assignWords } from './assign.js';
import { planBlocks } from './blocks.js';
import { serialise } from './calculation.js';
import { Context } from './context.js';
import { bool } from './expression.js';
import type { Layout } from './layout.js';
import { ingressLength } from './primitives.js';
import type { Source } from './source.js';
import { constantLimbs } from './wide.js';

/**
 * Emits `function t<index>()`: builds the key, looks up, runs the action; returns the action's index in the
 * table's own list (-1 for none), or for a table that branches on hit and miss 1 or 0.
 */
export function tableFunction(layout: Layout, out: Source, table: TableSpec, trace: boolean): void {
  const cx = new Context(layout, out, trace);
  if (fixedAction(cx, table) !== undefined) return;
  const t = `T${table.index}`;
  const hitMiss = table.next.kind === 'hitMiss';
  out.comment(table.source);
  out.comment(undefined, `table ${table.name}`);
  out.open(`function t${table.index}() {`);
  lookUp(cx, table);
  onHit(cx, table);
  if (table.implementation === 'simple') {
    out.line(`const x = ${t}.actionOf[s];`);
    tell(cx, table, `${t}.params`, `s * ${t}S`);
    dispatch(out, table.actions, `${t}.params`, `s * ${t}S`);
  } else {
    indirect(cx, table);
  }
  out.line(hitMiss ? 'return s === 0 ? 0 : 1;' : 'return x;');
  out.close();
}

/** The action of a table that has nothing to look up and nothing the control plane may change. */
function fixedAction(cx: Context, table: TableSpec): ActionSpec | undefined {
  if (cx.trace || table.keys.length > 0 || table.implementation !== 'simple') return undefined;
  const entry = table.defaultEntry;
  if (entry === undefined || !entry.actionConst || !entry.entryConst) return undefined;
  return table.actions[entry.call.action];
}

/** A fixed action is called without its table. */
function callFixed(table: TableSpec, action: ActionSpec): string {
  const data = action.parameters.length === 0 ? 'NO_DATA' : `T${table.index}.params`;
  return `a${action.index}(${data}, 0)`;
}

/** Emits `s`, the slot that was hit. An empty table costs no key, unless somebody wants to see it. */
function lookUp(cx: Context, table: TableSpec): void {
  const { out } = cx;
  const t = `T${table.index}`;
  if (table.keys.length === 0) {
    out.line('const s = 0;');
    return;
  }
  out.line('let s = 0;');
  if (!cx.trace) out.open(`if (${t}.size !== 0) {`);
  keys(cx, table);
  out.line(`s = ${t}.lookup();`);
  if (!cx.trace) out.close();
}

function keys(cx: Context, table: TableSpec): void {
  let at = 0;
  for (const key of table.keys) {
    const base = cx.layout.field(key.ref);
    const words = limbCount(key.width);
    const masks = key.mask === undefined ? undefined : constantLimbs(key.mask, words);
    for (let i = 0; i < words; i++) {
      const field = key.ref.header.metadata && key.ref.field < 0 ? '1' : `P[${base + i}]`;
      const mask = masks?.[i];
      cx.out.line(`K${table.index}[${at++}] = ${mask === undefined ? field : `${field} & ${mask}`};`);
    }
  }
}

/** Direct counters, meters and hit times belong to entries: a miss touches none of them. */
function onHit(cx: Context, table: TableSpec): void {
  const { meter, counters, supportTimeout } = table;
  if (meter === undefined && !counters && !supportTimeout) return;
  const t = `T${table.index}`;
  cx.out.open('if (s !== 0) {');
  if (counters) cx.out.line(`${t}.counter.count(s, ${ingressLength(cx)});`);
  if (supportTimeout) cx.out.line(`${t}.touch(s, now());`);
  if (meter?.target !== undefined)
    assignWords(cx, { kind: 'field', ref: meter.target }, [
      `${t}.meter.execute(s, ${ingressLength(cx)}, now())`,
    ]);
  cx.out.close();
}

function dispatch(out: Source, actions: readonly ActionSpec[], params: string, offset: string): void {
  const [only] = actions;
  if (actions.length === 1 && only !== undefined) {
    out.line(`if (x === 0) a${only.index}(${params}, ${offset});`);
    return;
  }
  out.open('switch (x) {');
  actions.forEach((action, i) => {
    out.line(`case ${i}: a${action.index}(${params}, ${offset}); break;`);
  });
  out.close();
}

/** Traced code tells what was looked up, which entry was found and what runs, with its parameters. */
function tell(cx: Context, table: TableSpec, params: string, offset: string): void {
  const key = table.keys.length === 0 ? 'NO_DATA' : `K${table.index}`;
  if (cx.trace) cx.out.line(`trace.table(${table.index}, s, x, ${key}, ${params}, ${offset});`);
}

function indirect(cx: Context, table: TableSpec): void {
  const { out } = cx;
  const t = `T${table.index}`;
  const { profile } = table;
  const selector = profile?.selector;
  out.line('let x = -1;');
  out.open('if (s === 0) {');
  out.line(`x = ${t}.actionOf[0];`);
  tell(cx, table, `${t}.params`, '0');
  dispatch(out, table.actions, `${t}.params`, '0');
  out.reopen('} else {');
  let hash = '0';
  if (selector !== undefined && profile !== undefined)
    hash = `S${profile.index}.low(H, ${serialise(cx, selector.inputs, false)})`;
  out.line(`const m = ${t}.member(s, ${hash});`);
  out.line(`if (m !== 0) x = ${t}.profile.actionOf[m];`);
  tell(cx, table, `${t}.profile.params`, `m * ${t}.profile.stride`);
  out.open('if (m !== 0) {');
  dispatch(out, table.actions, `${t}.profile.params`, `m * ${t}.profile.stride`);
  out.close();
  out.close();
}

/** Emits `function <name>()`: the pipeline's nodes in an order in which every branch leads forward. */
export function controlFunction(
  layout: Layout,
  out: Source,
  pipeline: PipelineSpec,
  name: 'ingress' | 'egress',
  trace: boolean,
): void {
  const cx = new Context(layout, out, trace);
  const order = topologicalOrder(pipeline);
  const place = new Map<number, number>();
  order.forEach((node, i) => {
    place.set(node, i);
  });
  const jumps = order.flatMap((index, from) => {
    const node = pipeline.nodes[index];
    const leads = node === undefined ? [] : successors(node).map((next) => place.get(next ?? -1) ?? 0);
    return leads.filter((to) => to > from + 1).map((to) => ({ from, to }));
  });
  const opens = planBlocks(jumps);
  const targets = new Set(jumps.map(({ to }) => to));
  out.open(`function ${name}() {`);
  order.forEach((index, i) => {
    const node = pipeline.nodes[index];
    if (node === undefined) return;
    if (targets.has(i)) out.close();
    for (const to of opens.get(i) ?? []) out.open(`N${to}: {`);
    const go = (next: Next): string => {
      const to = next === undefined ? undefined : place.get(next);
      return to === undefined ? 'return;' : to === i + 1 ? '' : `break N${to};`;
    };
    controlNode(cx, node, go, `${name === 'ingress' ? 0 : 1}, ${index}`);
  });
  out.close();
}

/** `id` names the node to the tracer. */
function controlNode(cx: Context, node: ControlNode, go: (next: Next) => string, id: string): void {
  const { out } = cx;
  out.comment(node.source, node.name);
  const exit = `if (P[${cx.layout.register('exit')}] !== 0) return;`;
  switch (node.kind) {
    case 'condition': {
      out.open('{');
      let condition = bool(cx, node.expression);
      if (cx.trace) {
        condition = out.keep(condition, 'b');
        out.line(`trace.condition(${id}, ${condition});`);
      }
      const whenTrue = go(node.whenTrue);
      const whenFalse = go(node.whenFalse);
      if (whenTrue !== '')
        out.line(`if (${condition}) ${whenTrue}${whenFalse === '' ? '' : ` else ${whenFalse}`}`);
      else if (whenFalse !== '') out.line(`if (!${condition}) ${whenFalse}`);
      out.close();
      break;
    }
    case 'action':
      out.line(`a${node.action.index}(NO_DATA, 0);`);
      if (exits(node.action)) out.line(exit);
      out.line(go(node.next));
      break;
    case 'table':
      applyTable(cx, node, go, node.actions.some(exits) ? exit : '');
      break;
  }
}

function exits(action: ActionSpec): boolean {
  return action.primitives.some((p) => p.kind === 'exit');
}

function applyTable(cx: Context, table: TableSpec, go: (next: Next) => string, exit: string): void {
  const { out } = cx;
  const fixed = fixedAction(cx, table);
  const call = `t${table.index}()`;
  if (fixed !== undefined) {
    const way =
      table.next.kind === 'hitMiss' ? table.next.miss : table.next.next[table.actions.indexOf(fixed)];
    out.line(`${callFixed(table, fixed)};`);
    if (exits(fixed)) out.line(exit);
    if (go(way) !== '') out.line(go(way));
    return;
  }
  if (table.next.kind === 'hitMiss') {
    out.open('{');
    out.line(`const hit = ${call};`);
    if (exit !== '') out.line(exit);
    const hit = go(table.next.hit);
    const miss = go(table.next.miss);
    if (hit !== '') out.line(`if (hit !== 0) ${hit}`);
    if (miss !== '') out.line(hit === '' ? `if (hit === 0) ${miss}` : miss);
    out.close();
    return;
  }
  // -1, no action at all, comes first.
  const ways = [go(table.defaultNext), ...table.next.next.map(go)];
  const [common] = ways;
  // A simple table with a default action always runs one.
  if (table.defaultEntry !== undefined && table.implementation === 'simple') ways[0] = ways[1] ?? '';
  if (ways.every((way) => way === ways[0])) {
    out.line(`${call};`);
    if (exit !== '') out.line(exit);
    if (ways[0] !== '') out.line(ways[0] ?? '');
    return;
  }
  ways[0] = common ?? '';
  out.open('{');
  out.line(`const x = ${call};`);
  if (exit !== '') out.line(exit);
  out.open('switch (x) {');
  ways.forEach((way, i) => {
    out.line(`case ${i - 1}: ${way === '' ? 'break;' : way}`);
  });
  out.close();
  out.close();
}

/** Nodes reachable from the start, each before what it leads to. The loader has refused loops. */
function topologicalOrder(pipeline: PipelineSpec): number[] {
  const order: number[] = [];
  const seen = new Set<number>();
  const visit = (index: Next): void => {
    if (index === undefined || seen.has(index)) return;
    seen.add(index);
    const node = pipeline.nodes[index];
    if (node === undefined) return;
    // What comes first is visited last, so that it follows its predecessor where it can.
    for (const next of successors(node).reverse()) visit(next);
    order.unshift(index);
  };
  visit(pipeline.start);
  return order;
}
