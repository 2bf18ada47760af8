import { expect, test } from 'vitest';
import { SourceText } from './source-text.ts';

const text = new SourceText(
  'src/Vault.sol',
  '// Größe: €\ncontract Vault {\n  function pay() public {\n    fail("ü");\n  }\n}\n',
);
const bytesBefore = (part: string) =>
  new TextEncoder().encode(text.text.slice(0, text.text.indexOf(part))).length;

test('offsets are in bytes', () => {
  const at = bytesBefore('fail');
  expect(text.lineAndColumn(at)).toEqual({ line: 4, column: 5 });
  expect(text.slice(at, 11)).toBe('fail("ü");');
  expect(text.lineAndColumn(0)).toEqual({ line: 1, column: 1 });
  expect(text.lineAndColumn(10_000).line).toBe(7);
});

test('the innermost declaration around a range', () => {
  const at = bytesBefore('fail');
  expect(text.declarationAt(at, 4)?.name).toBe('pay');
  expect(text.declarationAt(bytesBefore('contract Vault'), 20)?.name).toBe('Vault');
  expect(text.declarationAt(at, 15)?.name).toBe('pay');
  expect(text.declarationAt(at, 16)?.name).toBe('Vault');
  expect(text.declarationAt(0, 3)).toBeNull();
  expect(new SourceText('a.sol', 'contract A {}').declarationAt(0, 13)?.name).toBe('A');
});
