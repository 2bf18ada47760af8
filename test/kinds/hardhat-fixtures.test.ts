import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectHardhat } from '#main/kinds/hardhat/detect.ts';
import { some } from '../harness/all.ts';
import {
  copyHardhatFixture,
  type ExpectedDeploy,
  type HardhatFixture,
  hardhatFixtures,
  whyNoHardhat,
} from '../harness/hardhat-fixture.ts';
import { runHardhat } from '../harness/run-hardhat.ts';
import { skipAloud } from '../harness/skip.ts';
import { type Chain, startAnvil } from './bench.ts';

/** The first test of a machine installs a few hundred megabytes. */
const INSTALL_MS = 300_000;

const isSkipped = skipAloud('Hardhat fixtures', await whyNoHardhat());

/** The tool by itself does with each fixture what `expected.json` says. */
describe.skipIf(isSkipped)('Hardhat fixtures', { timeout: INSTALL_MS }, () => {
  it.each(some(hardhatFixtures, 2))('%s deploys what is expected', async (name) => {
    await using fixture = await copyHardhatFixture(name);
    for (const expected of fixture.deploys) {
      await using chain = await startAnvil();
      // What is recorded belongs to the chain before.
      await forgetDeployments(fixture);
      if (expected.compile) {
        expect(await runHardhat(fixture, expected.compile, chain.url)).toMatchObject({
          failed: false,
        });
      }
      const command = [...expected.command, '--network', 'localhost'];
      const { output, failed } = await runHardhat(fixture, command, chain.url);
      if (expected.fails) expect(output).toContain(expected.fails);
      expect(failed, output).toBe(expected.fails !== undefined);
      expect(await created(fixture, chain), output).toEqual(countsOf(expected));
      expect(await labels(fixture)).toEqual(expect.arrayContaining(labelsOf(expected)));
    }
  });

  it('nothing stands in the way of a package whose Hardhat lies at the root', async () => {
    await using fixture = await copyHardhatFixture('monorepo');
    await mkdir(path.join(fixture.folder, '.git'));
    expect(await detectHardhat(fixture.project)).toMatchObject({
      evidence: ['hardhat.config.js', 'Hardhat 2.29.1 is installed in ../../node_modules/hardhat.'],
      problems: [],
    });
  });
});

const forgetDeployments = ({ project }: HardhatFixture) =>
  Promise.all(
    ['deployments', 'ignition/deployments'].map((folder) =>
      rm(path.join(project, folder), { recursive: true, force: true }),
    ),
  );

interface Frame {
  type: string;
  input: string;
  error?: string;
  calls?: Frame[];
}

/** How many contracts of each name there are on a chain, also those that contracts created. */
async function created(fixture: HardhatFixture, chain: Chain): Promise<Record<string, number>> {
  const known = await artifacts(fixture);
  const head = Number(await chain.rpc<string>('eth_blockNumber'));
  const counts: Record<string, number> = {};
  for (let number = 1; number <= head; number += 1) {
    const { transactions } = await chain.rpc<{ transactions: string[] }>(
      'eth_getBlockByNumber',
      `0x${number.toString(16)}`,
      false,
    );
    for (const hash of transactions) {
      const frame = await chain.rpc<Frame>('debug_traceTransaction', hash, {
        tracer: 'callTracer',
      });
      for (const code of creations(frame)) {
        const name = known.find((one) => one.code.test(code))?.name ?? 'unknown';
        counts[name] = (counts[name] ?? 0) + 1;
      }
    }
  }
  return counts;
}

function creations({ type, input, error, calls = [] }: Frame): string[] {
  if (error) return [];
  const inner = calls.flatMap(creations);
  return type.startsWith('CREATE') ? [input, ...inner] : inner;
}

/** The creation code of all that was compiled, and of what came compiled; addresses of libraries left open. */
async function artifacts({ folder, project }: HardhatFixture) {
  const places = [
    path.join(project, 'artifacts/contracts'),
    path.join(project, 'ignition/deployments'),
    path.join(folder, 'node_modules/@openzeppelin/upgrades-core/artifacts'),
  ];
  const files = (await Promise.all(places.map(jsonBelow))).flat();
  const read = files.map(async (file) => {
    const { contractName, bytecode } = JSON.parse(await readFile(file, 'utf8'));
    if (typeof contractName !== 'string' || !(bytecode?.length > 2)) return [];
    const pattern = bytecode.replace(/__\$[0-9a-f]{34}\$__/g, '[0-9a-f]{40}');
    return [{ name: contractName, code: new RegExp(`^${pattern}`) }];
  });
  return (await Promise.all(read)).flat();
}

async function jsonBelow(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true }).catch(() => []);
  return found.filter((one) => one.endsWith('.json')).map((one) => path.join(folder, one));
}

/** What the tool itself has called the contracts that it deployed. */
async function labels({ project }: HardhatFixture): Promise<string[]> {
  const records = await jsonBelow(path.join(project, 'deployments'));
  const addresses = (await jsonBelow(path.join(project, 'ignition/deployments'))).filter(
    (file) => path.basename(file) === 'deployed_addresses.json',
  );
  const futures = await Promise.all(
    addresses.map(async (file) => Object.keys(JSON.parse(await readFile(file, 'utf8')))),
  );
  return [...records.map((file) => path.basename(file, '.json')), ...futures.flat()];
}

const countsOf = ({ contracts }: ExpectedDeploy) =>
  Object.fromEntries(contracts.map(({ name, count }) => [name, count]));

const labelsOf = ({ contracts }: ExpectedDeploy) => contracts.flatMap(({ label }) => label ?? []);
