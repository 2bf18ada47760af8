import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fittingNode, nodesHere } from './choose-node.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'drydock-nodes-'));
});
afterEach(() => rmSync(home, { recursive: true }));

/** A program that reports that version. */
function put(folder: string, version: string): string {
  const program = path.join(home, folder, 'node');
  mkdirSync(path.dirname(program), { recursive: true });
  writeFileSync(program, `#!/bin/sh\necho '["${program}","${version}"]'\n`);
  chmodSync(program, 0o755);
  return program;
}

const found = (folder: string) => nodesHere({ PATH: path.join(home, folder) }, home);

test('an old Node alone is not fit for Hardhat 3', async () => {
  const program = put('bin', '20.20.2');
  const nodes = await found('bin');
  expect(nodes[0]).toEqual({ program, version: '20.20.2' });
  const [old] = nodes;
  expect(fittingNode(old ? [old] : [], ['>=22.13.0'])).toBeNull();
  expect(fittingNode(old ? [old] : [], [])).toBe(old);
});

test('that of the shell comes first, then ours, then the newest that a manager keeps', async () => {
  const program = put('bin', '20.20.2');
  const kept = (version: string) => put(`.nvm/versions/node/v${version}/bin`, version);
  const [older, newest] = [kept('22.9.0'), kept('22.14.0')];
  const volta = put('.volta/tools/image/node/22.13.1/bin', '22.13.1');
  mkdirSync(path.join(home, '.nvm/versions/node/system'));
  const nodes = await found('bin');
  expect(nodes.map((one) => one.program)).toEqual([
    ...[program, process.execPath, newest, volta, older],
  ]);
  expect(fittingNode(nodes, ['^22', '>=22.13.0'])?.program).toBe(newest);
});

test('where the shell has none, it is done with the others', async () => {
  mkdirSync(path.join(home, 'bin'));
  expect(await found('bin')).toEqual([
    { program: process.execPath, version: process.versions.node },
  ]);
});

test('one that does not answer, or not as Node does, is none', async () => {
  const program = put('bin', '20.20.2');
  writeFileSync(program, '#!/bin/sh\necho v20.20.2\n');
  expect(await found('bin')).toHaveLength(1);
});
