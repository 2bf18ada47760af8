import { expect, test } from 'vitest';
import { SourceMap } from './source-map.ts';

// PUSH1 0x60, PUSH20 (an address that is to be linked), JUMP, JUMPDEST, STOP, and metadata.
const CODE = `6060${'73__$0123456789abcdef0123456789abcdef01$__'}565b00a264`;

test('instructions are found by their position, behind what is pushed', () => {
  const map = new SourceMap(CODE, '1:9:0;;5:2;::1;:::i');
  expect([0, 2, 23, 24, 25].map((pc) => map.instructionAt(pc))).toEqual([0, 1, 2, 3, 4]);
  expect([1, 3, 22, 100].map((pc) => map.instructionAt(pc))).toEqual([null, null, null, null]);
});

test('what an entry leaves out is as in the one before', () => {
  const map = new SourceMap(`0x${CODE}`, '1:9:0:-;;5:2::i;::-1:o;7');
  const range = (file: number, start: number, length: number) => ({ file, start, length });
  expect([0, 2, 23, 24, 25].map((pc) => map.rangeAt(pc))).toEqual([
    range(0, 1, 9),
    range(0, 1, 9),
    range(0, 5, 2),
    range(-1, 5, 2),
    range(-1, 7, 2),
  ]);
  expect([0, 2, 23, 24, 25].map((pc) => map.jumpAt(pc))).toEqual(['-', '-', 'i', 'o', 'o']);
});

test('code behind the last entry, and code without a map, comes from nowhere', () => {
  const map = new SourceMap(CODE, '1:9:0;;5:2');
  expect([map.rangeAt(23)?.start, map.rangeAt(24), map.jumpAt(24)]).toEqual([5, null, '-']);
  expect(new SourceMap(CODE, '').rangeAt(0)).toBeNull();
  expect(new SourceMap('', '1:9:0').rangeAt(0)).toBeNull();
});
