import { expect, test } from 'vitest';
import { declarationsIn } from './source-outline.ts';

const source = `
// contract NotThis { function no() {} }
import {A} from "./contract.sol";
using {free} for uint256 global;
error Bad(string contract_);
function free(uint256 a) pure returns (uint256) { return a; }
interface Only { function declared() external; }
abstract contract Vault is A("function f() {}") {
  struct Box { uint256 a; }
  mapping(address => function(uint256) external) hooks;
  string constant TEXT = 'it\\'s } {';
  constructor(uint256 a) A(a) { unchecked { a++; } }
  modifier only() virtual { _; }
  function later() external virtual;
  function pay(function(uint256) internal f) external only { if (true) { f(1); } /* } */ }
  receive() external payable { assembly { function yul() {} } }
  fallback() external {}
}
library Tail { function last() internal {}`;

test('contracts, functions and modifiers with their bodies', () => {
  const found = declarationsIn(source);
  expect(found.map(({ kind, name, contract }) => [kind, name, contract])).toEqual([
    ['function', 'free', null],
    ['contract', 'Only', null],
    ['contract', 'Vault', null],
    ['function', 'constructor', 'Vault'],
    ['modifier', 'only', 'Vault'],
    ['function', 'pay', 'Vault'],
    ['function', 'receive', 'Vault'],
    ['function', 'fallback', 'Vault'],
    ['contract', 'Tail', null],
    ['function', 'last', 'Tail'],
  ]);
  const text = (name: string) => {
    const one = found.find((declaration) => declaration.name === name);
    return source.slice(one?.start, one?.end);
  };
  expect(text('only')).toBe('modifier only() virtual { _; }');
  expect(text('pay')).toMatch(/^function pay\(.*\/\* } \*\/ }$/);
  expect(text('constructor')).toMatch(/^constructor.*a\+\+; } }$/);
  // What is cut off goes to the end.
  expect(text('Tail')).toBe('library Tail { function last() internal {}');
});

test('a long text without an end takes one pass', () => {
  expect(declarationsIn(`contract A { ${'/*'.repeat(200_000)}`)).toHaveLength(1);
  expect(declarationsIn('{'.repeat(200_000))).toEqual([]);
  expect(declarationsIn(`contract A ${'"'.repeat(200_001)}`)).toEqual([]);
});
