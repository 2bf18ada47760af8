import { execFileSync } from 'node:child_process';
import { readFile, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import {
  copyHardhatFixture,
  type HardhatFixture,
  whyNoHardhat,
} from '#test/harness/hardhat-fixture.ts';
import { made } from '#test/harness/made.ts';
import { rounds, seed } from '#test/harness/rounds.ts';
import { skipAloud } from '#test/harness/skip.ts';

const MODULE = 'ignition/modules/Vaults.js';
const STEPS = ['deploy', 'back', 'forward', 'restart', 'fresh', 'edit'] as const;
type Step = (typeof STEPS)[number];

const isSkipped = skipAloud('records of Ignition in any order', await whyNoHardhat());

describe.skipIf(isSkipped)('records of Ignition', () => {
  let core: TestApp;
  let client: Client;
  let fixture: HardhatFixture;
  let project: number;
  let text: string;
  let snapshotsTaken = 0;
  const homeBefore = process.env.HOME;

  beforeAll(async () => {
    core = await openTestApp();
    client = (await openDoor('in-process', core.app)).client;
    await client.settings.set({ engine: 'process' });
    fixture = await copyHardhatFixture('two-ignition');
    // Nothing above a repository's root is looked at.
    execFileSync('git', ['init', '--quiet'], { cwd: fixture.folder });
    const added = { path: fixture.project, kind: 'hardhat' };
    ({ id: project } = await client.projects.add(added));
    text = await readFile(path.join(fixture.project, MODULE), 'utf8');
    process.env.HOME = fixture.home;
    await client.chains.start({ chain: 'local', fresh: true });
  }, 240_000);
  afterAll(async () => {
    process.env.HOME = homeBefore;
    await core?.[Symbol.asyncDispose]();
    await fixture?.[Symbol.asyncDispose]();
  });

  /** The module with so many more contracts. */
  async function writeModule(more: number) {
    const extra = Array.from(
      { length: more },
      (_, i) =>
        `m.contract('VaultFactory', [${i}n], { id: 'More${i}', libraries: { Rates: rates } });\n`,
    );
    const file = path.join(fixture.project, MODULE);
    await unlink(file);
    await writeFile(file, text.replace('  return {', `${extra.join('')}  return {`));
  }

  async function deploy(more: number) {
    const input = { script: MODULE };
    const { id } = await client.deployments.start({ project, target: 'local', input });
    for await (const batch of await client.deployments.watch({ id })) void batch;
    const run = await client.deployments.get({ id });
    expect(run.status, run.failure?.message).toBe('succeeded');
    const file = path.join(
      fixture.project,
      'ignition/deployments/chain-31337/deployed_addresses.json',
    );
    const skipped = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
    expect(Object.keys(skipped)).toHaveLength(2 + more);
    await expectCode(Object.values(skipped));
  }

  async function expectCode(addresses: readonly string[]) {
    const { rpcUrl } = await client.chains.get({ chain: 'local' });
    const call = rpc(rpcUrl as string);
    for (const address of addresses) {
      expect(await call('eth_getCode', [address, 'latest']), address).not.toBe('0x');
    }
  }

  async function expectLive() {
    const { items } = await client.deployments.list({ project, live: true, limit: 100 });
    for (const { id } of items) {
      const { contracts } = made(await client.deployments.get({ id }));
      await expectCode(contracts.map(({ address }) => address));
    }
  }

  async function play(steps: readonly Step[]) {
    const chain = 'local';
    let more = 0;
    await writeModule(more);
    await client.chains.restart({ chain, fresh: true });
    const takeSnapshot = async () =>
      (await client.chains.snapshot({ chain, name: `state ${++snapshotsTaken}` })).id;
    let snapshots = [await takeSnapshot()];
    for (const step of steps) {
      if (step === 'edit') await writeModule(++more);
      if (step === 'restart') await client.chains.restart({ chain });
      if (step === 'back') await client.chains.revert({ chain, snapshot: snapshots[0] as number });
      if (step === 'forward') {
        await client.chains.revert({ chain, snapshot: snapshots.at(-1) as number });
      }
      if (step === 'fresh') {
        await client.chains.restart({ chain, fresh: true });
        snapshots = [await takeSnapshot()];
      }
      if (step === 'deploy') {
        await deploy(more);
        snapshots.push(await takeSnapshot());
      }
      await expectLive();
    }
    await deploy(more);
    await expectLive();
  }

  const count = rounds(1, 40);
  test(
    `what is live has code, and what is skipped is there, in any order (seed ${seed})`,
    async () => {
      const steps = fc.array(fc.constantFrom(...STEPS), { minLength: 4, maxLength: 8 });
      const property = fc.asyncProperty(steps, play);
      await fc.assert(property, { seed, numRuns: count, endOnFailure: true });
    },
    60_000 + count * 90_000,
  );
});
