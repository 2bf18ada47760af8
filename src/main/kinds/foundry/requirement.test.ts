import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { projectFiles } from '../../lib/project-files.ts';
import { noCompiler } from './compiler-advice.ts';
import { compilersFor } from './compiler-set.ts';
import { readConfig } from './config.ts';
import { demanded, readRequirement } from './requirement.ts';
import { readHead } from './source-head.ts';

/** The requirement of `script/A.sol` in a project of these files. */
async function requirementOf(files: Record<string, string>) {
  await using folder = await temporaryFolder();
  for (const [name, text] of Object.entries({ 'foundry.toml': '', ...files })) {
    const file = path.join(folder.path, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  const read = projectFiles(folder.path);
  return readRequirement(read, readConfig(read), 'script/A.sol', undefined);
}

const sol = (pragma: string, ...imports: string[]) =>
  `pragma solidity ${pragma};\n${imports.map((one) => `import "${one}";\n`).join('')}`;

describe('the head of a source', () => {
  test('is what stands outside of comments and strings', () => {
    const head = readHead(`
      // pragma solidity 0.1.0;
      /* import "no"; */
      pragma /* for */ solidity // now
        ^0.8.0
        <0.9.0;
      pragma abicoder v2;
      import 'a;b.sol'; import {X as Y} from "c.sol"; import * as Z from "d.sol";
      contract C { string s = "import 'e.sol'; pragma solidity 0.2.0;"; uint important; }
      import "last.sol";`);
    expect(head).toEqual({
      pragmas: ['^0.8.0 <0.9.0'],
      imports: ['a;b.sol', 'c.sol', 'd.sol', 'last.sol'],
    });
  });

  test.each(['/*', 'pragma solidity ', 'import ', "import '", '"\\', '/**/', '//', 'import"a";'])(
    'is read in one pass of a file full of %j',
    (piece) => {
      const head = readHead(piece.repeat(2_000_000 / piece.length));
      expect(head.pragmas).toHaveLength(0);
      expect(head.imports).toHaveLength(piece === 'import"a";' ? 200_000 : 0);
    },
  );
});

describe('the requirement', () => {
  test('covers every file of src, with what it imports, and nothing else', async () => {
    const { units } = await requirementOf({
      'script/A.sol': sol('^0.8.0', '../src/C.sol'),
      'script/Other.sol': sol('0.4.1'),
      'test/T.sol': sol('0.4.2'),
      'lib/x/src/L.sol': sol('0.4.3'),
      'src/C.sol': sol('>=0.8.4'),
      'src/old/Old.sol': sol('=0.5.16', './OldBase.sol'),
      'src/old/OldBase.sol': sol('>=0.5.0'),
      'src/Any.sol': 'contract Any {}',
    });
    expect(units.map((unit) => [unit.file, demanded(unit)])).toEqual([
      ['script/A.sol', '>=0.8.4, ^0.8.0'],
      ['src/Any.sol', ''],
      ['src/old/Old.sol', '=0.5.16, >=0.5.0'],
    ]);
  });

  test('is met by one compiler where one does, else by as many as it takes', async () => {
    const asked = await requirementOf({
      'script/A.sol': sol('^0.8.0'),
      'src/Old.sol': sol('=0.5.16'),
      'src/Wide.sol': sol('>=0.5.0'),
    });
    const of = (...versions: string[]) => {
      const { compilers, unmet } = compilersFor(
        asked,
        versions.map((version) => ({ version })),
      );
      return [compilers.map(({ version }) => version), unmet.map(({ file }) => file)];
    };
    expect(of('0.8.20', '0.5.17', '0.5.16')).toEqual([['0.8.20', '0.5.16'], []]);
    expect(of('0.8.20')).toEqual([['0.8.20'], ['src/Old.sol']]);
    expect(of()).toEqual([[], ['script/A.sol', 'src/Old.sol', 'src/Wide.sol']]);
    const one = await requirementOf({ 'script/A.sol': sol('^0.8.0'), 'src/B.sol': sol('<0.8.5') });
    expect(compilersFor(one, [{ version: '0.8.20' }, { version: '0.8.4' }]).compilers).toEqual([
      { version: '0.8.4' },
    ]);
  });
});

describe('the advice', () => {
  const advice = async (files: Record<string, string>, hasOwn = false) => {
    const { units } = await requirementOf(files);
    const { message, data } = noCompiler({
      unmet: units,
      script: units[0],
      available: [],
      newest: '0.8.30',
      hasOwn,
    });
    return { message, command: data.fix?.command };
  };

  test.each([
    ['>=0.8.24<0.8.29', 'npm i -D solc@0.8.28'],
    ['^0.8.0', 'npm i -D solc@0.8.30'],
    ['0.6.3', 'npm i -D solc@0.6.3'],
    ['^0.5.0 || ^0.7.0', 'npm i -D solc@0.7.6'],
    ['>=0.8.99', undefined],
    ['0.5.18', undefined],
  ])('for %s is a release that exists and fits', async (range, command) => {
    expect((await advice({ 'script/A.sol': sol(range) })).command).toBe(command);
  });

  test('is one for all files, or one for each, beside what the project has', async () => {
    const both = { 'script/A.sol': sol('^0.8.0'), 'src/B.sol': sol('<=0.8.7') };
    expect((await advice(both)).command).toBe('npm i -D solc@0.8.7');
    expect((await advice(both, true)).command).toBe('npm i -D solc-0.8.7@npm:solc@0.8.7');
    const apart = { 'script/A.sol': sol('^0.8.0'), 'src/B.sol': sol('=0.5.16') };
    expect((await advice(apart)).command).toBe(
      'npm i -D solc-0.8.30@npm:solc@0.8.30 solc-0.5.16@npm:solc@0.5.16',
    );
  });

  test('names the files that no compiler can serve together, and installs nothing', async () => {
    const { message, command } = await advice({
      'script/A.sol': sol('^0.8.0', '../src/B.sol'),
      'src/B.sol': sol('^0.6.0'),
    });
    expect(message).toContain('script/A.sol needs Solidity ^0.8.0, and src/B.sol ^0.6.0');
    expect(command).toBeUndefined();
  });
});
