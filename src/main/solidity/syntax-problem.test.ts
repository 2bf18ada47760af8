import { expect, test } from 'vitest';
import { parseSource } from './source-files.ts';

const problemOf = async (text: string) => (await parseSource('/p/src/A.sol', text)).problem;

test('what a file expects is told in words, as far as that is few', async () => {
  expect(await problemOf('contract A {\n uint x\n}')).toBe(
    "Line 3: '}' is not expected here, but ';' or '='.",
  );
  expect(await problemOf('contract A {\n event ;\n}')).toBe("Line 2: ';' is not expected here.");
  expect(await problemOf('contract A {\n uint x;\n')).toMatch(/^Line 3: the file ends too early/);
  expect(await problemOf('contract A {}\n}')).toBe("Line 2: '}' is not expected here.");
  expect(await problemOf('contract {')).toBe("Line 1: '{' is not expected here.");
});

test.each([
  [4, 'pragma solidity ^0.8.0;\nimport {B} from "b.sol";\ncontract A is B {\n  uint x = ;\n}'],
  [3, 'import "a";\n// a comment; of two { words\nimport ;\ncontract A {}'],
  [5, 'contract A {\n  struct S { uint a; }\n\n  /* ; */\n  mapping(uint) x;\n  uint y;\n}'],
  [2, 'contract A {\n  constructor(uint, ) {}\n  function f() public { uint x = ; }\n}'],
  [3, 'contract A {\n  using {f} for B;\n  string s = "abc;\n}'],
  [6, 'contract A {\n  function f() public {\n    uint x;\n  }\n\n  A(\n}'],
  [2, 'contract A {}\nstruct S { uint }\ncontract B {}'],
  [2, 'enum E { One }\nimport {A from "x";'],
])('a mistake that crashes the parser is found: line %i', async (line, text) => {
  expect(await problemOf(text)).toBe(
    `Line ${line}: the declaration that begins here is not understood.`,
  );
});

test('new lines of Windows and a file that is all of it', async () => {
  expect(await problemOf('contract A {\r\n\r\n  uint x = ;\r\n}\r\n')).toMatch(/^Line 3: /);
  expect(await problemOf('import ;')).toMatch(/^Line 1: /);
});
