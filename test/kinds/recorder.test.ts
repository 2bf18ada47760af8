import { afterAll, beforeAll, expect, test } from 'vitest';
import { CodeIndex } from '#main/eth/code-index.ts';
import { rpc } from '#main/eth/rpc.ts';
import { compiledContracts } from '#main/kinds/foundry/compiled-contracts.ts';
import { filesToRun } from '#main/lib/project-files.ts';
import type { Contract, ContractsResult, Transaction } from '#main/shared/result.ts';
import { recordedResult } from '#main/targets/chain/recorded-result.ts';
import { recordingProxy } from '#main/targets/chain/recording-proxy.ts';
import { copyFixture, type FixtureName } from '../harness/fixture.ts';
import { type Bench, type Chain, openBench, SENDER, startAnvil } from './bench.ts';

let bench: Bench;
let chain: Chain;

beforeAll(async () => {
  bench = await openBench();
  chain = await startAnvil();
});

afterAll(async () => {
  await chain?.[Symbol.asyncDispose]();
  await bench?.[Symbol.asyncDispose]();
});

/** Deploys through a recording proxy. Returns what forge has written down, and what the chain says. */
async function deploy(name: FixtureName, script: string, signature = 'run()', args: string[] = []) {
  await using fixture = await copyFixture(name);
  const hashes: string[] = [];
  await using proxy = await recordingProxy({
    upstream: chain.url,
    sender: SENDER,
    onSent: (hash) => void hashes.push(hash),
  });
  const through = { url: proxy.url, chainId: chain.chainId };
  const run = await bench.deploy(bench.request(fixture.folder, script, signature, args, through));
  expect(run.exit.code).toBe(0);
  const written = (await run.plan.outcome()) as ContractsResult;
  const index = new CodeIndex(await compiledContracts(filesToRun(fixture.folder), 'out'));
  const recorded = await recordedResult(hashes, {
    ...{ call: rpc(chain.url), chainId: chain.chainId, sender: SENDER, index, isOwn: true },
  });
  expect(recorded.source).toBe('trace');
  return { written, recorded };
}

const ofContract = ({ name, address, transactionHash, blockNumber, nested }: Contract) => ({
  ...{ name, address, transactionHash, blockNumber, nested },
});

const ofTransaction = (t: Transaction) => ({
  ...{ kind: t.kind, contractName: t.contractName, address: t.address, function: t.function },
  ...{ from: t.from, nonce: t.nonce, value: t.value, hash: t.hash, status: t.status },
  ...{ blockNumber: t.blockNumber, gasUsed: t.gasUsed, index: t.index },
});

test.each<[FixtureName, string, string?, string[]?]>([
  ['token-vault', 'script/Deploy.s.sol:Deploy', 'run(address,uint256)', [SENDER, '1000 ether']],
  ['pair-factory', 'script/Deploy.s.sol:Deploy'],
  ['upgradeable', 'script/Deploy.s.sol:Deploy'],
])('the chain says of %s what forge has written down', async (...asked) => {
  const { written, recorded } = await deploy(...asked);
  expect(recorded.transactions.map(ofTransaction)).toEqual(written.transactions.map(ofTransaction));
  expect(recorded.contracts.map(ofContract)).toEqual(written.contracts.map(ofContract));
  expect(recorded.contracts.every(({ verified }) => verified)).toBe(true);
  for (const [i, { arguments: said }] of recorded.transactions.entries()) {
    expect(said).toHaveLength(written.transactions[i]?.arguments.length ?? -1);
  }
});
