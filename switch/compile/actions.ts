import type { ActionSpec, Primitive } from '../spec/types.js';
import { planBlocks } from './blocks.js';
import { Context } from './context.js';
import { bool } from './expression.js';
import type { Layout } from './layout.js';
import { primitive, type TargetFacts } from './primitives.js';
import type { Source } from './source.js';

/** Turns of a loop inside an action after which the program is taken to hang. */
const MOST_TURNS = 1_000_000;

/** Emits `function a<index>(a, o)`: `a` holds action data, `o` is where this call's begins. */
export function actionFunction(
  layout: Layout,
  out: Source,
  target: TargetFacts,
  action: ActionSpec,
  trace: boolean,
): void {
  const cx = new Context(layout, out, trace, action);
  out.comment(action.source, action.name);
  out.open(`function a${action.index}(a, o) {`);
  const targets = new Set<number>();
  let backward = false;
  action.primitives.forEach((p, i) => {
    if (p.kind !== 'jump' && p.kind !== 'jumpIfZero') return;
    targets.add(p.to);
    if (p.to <= i) backward = true;
  });
  const begin = (p: Primitive, i: number) => {
    out.comment(p.source);
    if (trace && p.source !== undefined) out.line(`trace.statement(${action.index}, ${i});`);
  };
  if (backward) withLoop(cx, target, action.primitives, targets, begin);
  else withBlocks(cx, target, action.primitives, begin);
  out.close();
}

/** Emits what precedes a primitive: its P4 line, told to the tracer where there is one. */
type Begin = (p: Primitive, index: number) => void;

/** Forward jumps only: a jump leaves a labelled block that ends where it leads. */
function withBlocks(cx: Context, target: TargetFacts, primitives: readonly Primitive[], begin: Begin): void {
  const { out } = cx;
  const jumps = primitives.flatMap((p, from) =>
    p.kind === 'jump' || p.kind === 'jumpIfZero' ? [{ from, to: p.to }] : [],
  );
  const opens = planBlocks(jumps);
  const targets = new Set(jumps.map(({ to }) => to));
  primitives.forEach((p, i) => {
    if (targets.has(i)) out.close();
    for (const to of opens.get(i) ?? []) out.open(`L${to}: {`);
    begin(p, i);
    if (p.kind === 'jump') out.line(`break L${p.to};`);
    else if (p.kind === 'jumpIfZero') out.line(`if (${isZero(cx, p)}) break L${p.to};`);
    else primitive(cx, target, p);
  });
  if (targets.has(primitives.length)) out.close();
}

/** Backward jumps, p4c's for loops: a program counter over the jump targets. */
function withLoop(
  cx: Context,
  target: TargetFacts,
  primitives: readonly Primitive[],
  targets: ReadonlySet<number>,
  begin: Begin,
): void {
  const { out } = cx;
  out.line('let pc = 0, turns = 0;');
  out.open('for (;;) switch (pc) {');
  out.open('case 0: {');
  primitives.forEach((p, i) => {
    if (i > 0 && targets.has(i)) {
      out.close();
      out.open(`case ${i}: {`);
    }
    begin(p, i);
    if (p.kind === 'jump') jump(cx, i, p.to);
    else if (p.kind === 'jumpIfZero') {
      out.open(`if (${isZero(cx, p)}) {`);
      jump(cx, i, p.to);
      out.close();
    } else primitive(cx, target, p);
  });
  out.close();
  if (targets.has(primitives.length)) out.line(`case ${primitives.length}:`);
  out.line('return;');
  out.close();
}

function jump(cx: Context, from: number, to: number): void {
  if (to <= from) cx.out.line(`if (++turns > ${MOST_TURNS}) fail('loop', '');`);
  cx.out.line(`pc = ${to}; continue;`);
}

function isZero(cx: Context, p: Extract<Primitive, { kind: 'jumpIfZero' }>): string {
  const { value } = p;
  // p4c converts the condition to data only to test it for zero.
  if (value.kind === 'boolToData') return `!${bool(cx, value.operand)}`;
  return `!${bool(cx, { kind: 'dataToBool', operand: value })}`;
}
