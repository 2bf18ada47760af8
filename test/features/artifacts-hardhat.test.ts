import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openArtifacts } from '#test/harness/artifacts.ts';
import { copyHardhatFixture, whyNoHardhat } from '#test/harness/hardhat-fixture.ts';
import { runHardhat } from '#test/harness/run-hardhat.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { type Chain, startAnvil } from '../kinds/bench.ts';

/** The first test of a machine installs a few hundred megabytes. */
const INSTALL_MS = 300_000;

interface Frame {
  type: string;
  to: string;
  input: string;
  calls?: Frame[];
}

/** What was created on a chain, also by contracts. */
async function creations(chain: Chain): Promise<Frame[]> {
  const found: Frame[] = [];
  const visit = (frame: Frame) => {
    if (frame.type.startsWith('CREATE')) found.push(frame);
    frame.calls?.forEach(visit);
  };
  const head = Number(await chain.rpc<string>('eth_blockNumber'));
  for (let n = 1; n <= head; n += 1) {
    const number = `0x${n.toString(16)}`;
    const block = await chain.rpc<{ transactions: string[] }>(
      'eth_getBlockByNumber',
      number,
      false,
    );
    for (const hash of block.transactions) {
      visit(await chain.rpc<Frame>('debug_traceTransaction', hash, { tracer: 'callTracer' }));
    }
  }
  return found;
}

describe.skipIf(skipAloud('artifacts of Hardhat', await whyNoHardhat()))('artifacts', () => {
  test.each([
    [
      'two-ignition',
      'VaultFactory',
      'contracts/VaultFactory.sol',
      ['Rates', 'Vault', 'Vault', 'VaultFactory'],
    ],
    ['three-viem', 'Reader', 'project/contracts/Counter.sol', ['Counter', 'Reader']],
  ] as const)(
    'of %s are found by all that was deployed, with what looking into it needs',
    { timeout: INSTALL_MS },
    async (name, contract, file, expected) => {
      await using fixture = await copyHardhatFixture(name);
      await using chain = await startAnvil();
      await using artifacts = await openArtifacts();
      const { service } = artifacts;
      const project = artifacts.add(name, fixture.project, 'hardhat');
      const [deploy] = fixture.deploys;
      const args = [...(deploy?.command ?? []), '--network', 'localhost'];
      const { output, failed } = await runHardhat(fixture, args, chain.url);
      expect(failed, output).toBe(false);
      await service.fresh(project);

      const created = await creations(chain);
      const byCreation = created.map(({ input }) => service.byCreation(input)?.name);
      expect(byCreation.toSorted()).toEqual(expected);
      for (const [i, { to }] of created.entries()) {
        const code = await chain.rpc<string>('eth_getCode', to, 'latest');
        expect(service.byRuntime(code)?.name).toBe(byCreation[i]);
      }

      const [id] = service.byName(project, contract);
      const found = service.get(id ?? 0);
      expect(found.compilation).toMatchObject({ version: expect.stringMatching(/^0\.8\./) });
      const own = found.sources.find((source) => source.path === file);
      const onDisk = path.join(fixture.project, file.replace('project/', ''));
      expect(own?.text).toBe(await readFile(onDisk, 'utf8'));
      expect(found.runtimeSourceMap).toMatch(new RegExp(`^\\d+:\\d+:${own?.id}:`));
    },
  );
});
