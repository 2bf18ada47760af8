import { expect, test } from 'vitest';
import { ignitionParameters } from './ignition-parameters.ts';

test.each([
  ['1000n', '1000n'],
  ['-7', '-7n'],
  [
    '115792089237316195423570985008687907853269984665640564039457584007913129639935',
    '115792089237316195423570985008687907853269984665640564039457584007913129639935n',
  ],
  ['1.5', 1.5],
  ['true', true],
  ['"7"', '7'],
  ['["a", {"b": null}]', ['a', { b: null }]],
  ['0x000000000000000000000000000000000000dEaD', '0x000000000000000000000000000000000000dEaD'],
  ['two words', 'two words'],
  ['a=b', 'a=b'],
  ['', ''],
])('the value %s', (text, value) => {
  expect(ignitionParameters([`Vaults.percent=${text}`])).toEqual({ Vaults: { percent: value } });
});

test('of several modules', () => {
  const given = ['A.x=1', 'B.x=two', 'A.$y=[3]'];
  expect(ignitionParameters(given)).toEqual({ A: { x: '1n', $y: [3] }, B: { x: 'two' } });
  expect(ignitionParameters([])).toEqual({});
});

test('names that JavaScript knows are names like others', () => {
  const parameters = ignitionParameters(['__proto__.constructor=1', 'toString.__proto__=2']);
  expect(JSON.stringify(parameters)).toBe(
    '{"__proto__":{"constructor":"1n"},"toString":{"__proto__":"2n"}}',
  );
});

test.each(['', 'x', 'x=1', '.x=1', 'A.=1', 'A x.y=1', 'A.b.c=1'])('%s is none', (given) => {
  expect(() => ignitionParameters([given])).toThrow(/is no parameter of a module.*Module\.name/);
});

test('one that is given twice', () => {
  expect(() => ignitionParameters(['A.x=1', 'A.x=1'])).toThrow('A.x is given twice. Give it once.');
});
