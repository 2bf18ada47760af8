import { cp, rm } from 'node:fs/promises';
import path from 'node:path';
import { RUN_FOLDER } from '../../build/lib/test-run.mjs';
import { openBench, startAnvil } from '../kinds/bench.ts';
import { once } from './docker-run.ts';
import type { Fixture, FixtureName } from './fixture.ts';

/** What is compiled of each fixture: a script with the sources that it needs. */
const scripts: Record<FixtureName, [script: string, signature: string, args: string[]][]> = {
  'token-vault': [['Deploy', 'run()', []]],
  'pair-factory': [['Deploy', 'run()', []]],
  upgradeable: [['Deploy', 'run()', []]],
  unusual: [['Look', 'run()', []]],
  broken: [
    ['Many', 'run(uint256)', ['1']],
    ['NoBroadcast', 'run()', []],
    ['Reverts', 'run()', []],
  ],
};

/** The results of a compile by forge, relative to the project. */
const kept = ['out', 'cache/solidity-files-cache.json'];

/**
 * Adds forge's compile of a fixture to a copy of it; compiled once for each run.
 *
 * @param copy makes another copy, to compile in
 */
export async function putCompiled(
  name: FixtureName,
  folder: string,
  copy: () => Promise<Fixture>,
): Promise<void> {
  const run = process.env[RUN_FOLDER];
  if (!run) throw new Error('not started by the test runner');
  const store = path.join(run, `compiled-${name}`);
  await once(run, `compile-${name}`, async () => {
    await using fixture = await copy();
    await compile(name, fixture.folder, store);
  });
  for (const part of kept) {
    await cp(path.join(store, part), path.join(folder, part), {
      recursive: true,
      preserveTimestamps: true,
    });
  }
}

async function compile(name: FixtureName, folder: string, store: string): Promise<void> {
  await using bench = await openBench();
  await using chain = await startAnvil();
  for (const [script, signature, args] of scripts[name]) {
    const file = `script/${script}.s.sol:${script}`;
    await bench.deploy(bench.request(folder, file, signature, args, chain));
  }
  await rm(store, { recursive: true, force: true });
  for (const part of kept) {
    await cp(path.join(folder, part), path.join(store, part), {
      recursive: true,
      preserveTimestamps: true,
    });
  }
}
