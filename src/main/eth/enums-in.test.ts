import { expect, test } from 'vitest';
import { enumsIn } from './enums-in.ts';

test('members by the names that ABIs have for their enums', () => {
  const text = `
    enum Side { Buy, /* , Hold */ Sell }
    // enum Gone { Never }
    contract Pool is Base(1) {
      string constant NAME = "enum Text { Nothing } {";
      enum Mode {
        Off, // not yet
        On
      }
      function f() external { if (true) { } }
      enum Late { A }
    }
    library Lib { enum Mode { X, Y } }`;
  expect(Object.fromEntries(enumsIn([text]))).toEqual({
    ...{ Side: ['Buy', 'Sell'], 'Pool.Mode': ['Off', 'On'], 'Pool.Late': ['A'] },
    'Lib.Mode': ['X', 'Y'],
  });
});

test('what is declared in two ways is not told, and nothing of what no compiler takes', () => {
  const found = enumsIn([
    'enum A { X, Y } enum B { X }',
    'enum A { Y, X } enum B { X }',
    'enum C { } enum D { X Y } enum E { "x" } enum { Z } enum F { Z',
    `enum G { ${'m,'.repeat(300)}m }`,
  ]);
  expect(Object.fromEntries(found)).toEqual({ B: ['X'] });
});

test('takes no longer for what is made to take long', () => {
  const parts = ['/*', '"', 'enum A {', 'contract C {', '}', '\\', '//'];
  for (const part of parts) enumsIn([`enum ${part.repeat(200_000)}`]);
});
