import { expect, test } from 'vitest';
import type { Instruction } from '../instructions.ts';
import type { TracedCall } from './call-tree.ts';
import { SourceMap } from './source-map.ts';
import { sourceStack } from './source-stack.ts';
import { type SourceStep, sourceSteps } from './source-steps.ts';
import { SourceText } from './source-text.ts';
import { SourcedCode } from './sourced-code.ts';

const text = 'contract A { function f() { g(); } function g() { h(); } function h() { x; } }';
const source = new SourceText('A.sol', text);
const range = (part: string, jump = '-') => `${text.indexOf(part)}:${part.length}:0:${jump}`;
const whole = (name: string) =>
  `function ${name}() { ${name === 'h' ? 'x' : name === 'f' ? 'g()' : 'h()'}; }`;
/** `f` calls `g`, whose last call the optimizer has let return for it: `h` goes back into `f`. */
const code = new SourcedCode(
  new SourceMap(
    '5b565b005b565b56',
    [
      ...[range(whole('f')), range('g()', 'i'), range('g();'), range(whole('f'))],
      ...[range(whole('g')), range('h()', 'i'), range(whole('h')), range('x;', 'o')],
    ].join(';'),
  ),
  new Map([[0, source]]),
);
const OPS = ['JUMPDEST', 'JUMP', 'JUMPDEST', 'STOP', 'JUMPDEST', 'JUMP', 'JUMPDEST', 'JUMP'];
const run = (depth: number, ...pcs: number[]): Instruction[] =>
  pcs.map((pc) => ({ pc, op: OPS[pc] ?? 'CALL', depth, gas: 100 }));
const call = (more: Partial<TracedCall> = {}): TracedCall => ({
  ...{ type: 'CALL', from: '0x01', to: '0x02' },
  ...more,
});

async function stepsOf(steps: Instruction[], root: TracedCall, known = (_: TracedCall) => true) {
  const codeOf = async (one: TracedCall) => (known(one) ? code : null);
  const found: SourceStep[] = [];
  for await (const step of sourceSteps({ steps: [steps], root, codeOf })) found.push(step);
  return found;
}

const textOf = ({ place }: SourceStep) =>
  place && text.slice(place.start, place.start + place.length);
const stackOf = ({ frame }: SourceStep) => {
  const names: (string | undefined)[] = [];
  for (let at: typeof frame | null = frame; at; at = at.caller) names.push(at.declaration?.name);
  return names;
};

test('functions are entered and left, two at once where one returns for another', async () => {
  const steps = await stepsOf(run(1, 0, 1, 4, 5, 6, 7, 2, 3), call());
  expect(steps.map((step) => [textOf(step), ...stackOf(step)])).toEqual([
    [whole('f'), 'f'],
    ['g()', 'f'],
    [whole('g'), 'g', 'f'],
    ['h()', 'g', 'f'],
    [whole('h'), 'h', 'g', 'f'],
    ['x;', 'h', 'g', 'f'],
    ['g();', 'f'],
    [whole('f'), 'f'],
  ]);
  expect(steps[4]?.frame.calledAt?.start).toBe(text.indexOf('h()'));
});

test('the stack as a person sees it: without what is generated, and with where each was called', async () => {
  // From the whole of `f` into `f` itself, as every call of a contract goes.
  const entry = new SourcedCode(
    new SourceMap('56565b', `${range(whole('f'), 'i')};${range('g()', 'i')};${range(whole('g'))}`),
    new Map([[0, source]]),
  );
  const root = call({ calls: [call()] });
  const ops = [...run(1, 0, 9), ...run(2, 0, 1, 2)].map((step) => ({
    ...step,
    op: step.pc < 2 ? 'JUMP' : step.op,
  }));
  const found: SourceStep[] = [];
  const codeOf = async () => entry;
  for await (const step of sourceSteps({ steps: [ops], root, codeOf })) found.push(step);
  const stack = sourceStack((found.at(-1) as SourceStep).frame);
  expect(stack.map(({ declaration, call: number }) => [declaration.name, number])).toEqual([
    ['g', 1],
    ['f', 1],
    ['f', 0],
  ]);
});

test('instructions of one place are one step', async () => {
  const steps = await stepsOf(run(1, 0, 0, 0, 2), call());
  expect(steps.map(({ first, count }) => [first, count])).toEqual([
    [0, 3],
    [3, 1],
  ]);
});

test('calls of other contracts go on in the same stack, and those without code are passed over', async () => {
  const inner = call({ to: '0x04', error: 'execution reverted' });
  const root = call({ calls: [call({ to: '0x03' }), inner] });
  const ops = [run(1, 0, 9, 0, 1, 4), run(1, 9), run(2, 0, 1, 4), run(1, 4)].flat();
  const steps = await stepsOf(ops, root);
  const failed = steps.filter(({ failure }) => failure);
  expect(failed.map((step) => [textOf(step), step.frame.call, ...stackOf(step)])).toEqual([
    [whole('g'), 2, 'g', 'f', 'g', 'f'],
  ]);
  expect(steps.at(-1)?.frame.call).toBe(0);
  const unknown = await stepsOf(ops, root, (one) => one === root);
  expect(unknown.filter(({ failure }) => failure)).toMatchObject([
    { place: null, count: 3, failure: { isExact: false } },
  ]);
});

test('a transaction without steps, and one whose calls the other trace does not have', async () => {
  expect(await stepsOf([], call())).toEqual([]);
  const steps = await stepsOf([run(1, 0), run(3, 0), run(1, 0)].flat(), call());
  expect(steps.map(({ count }) => count)).toEqual([1, 1, 1]);
});
