import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CodeIndex } from '#main/eth/code-index.ts';
import { rpc } from '#main/eth/rpc.ts';
import { compiledContracts } from '#main/kinds/foundry/compiled-contracts.ts';
import { foundry } from '#main/kinds/foundry/foundry.ts';
import { filesToRun } from '#main/lib/project-files.ts';
import type { Contract, ContractsResult, Transaction } from '#main/shared/result.ts';
import { readAgain } from '#main/targets/chain/read-again.ts';
import { checkOutcome } from '#main/targets/chain/record.ts';
import { recordedResult } from '#main/targets/chain/recorded-result.ts';
import { recordingProxy } from '#main/targets/chain/recording-proxy.ts';
import { toolRecordOf } from '#main/targets/chain/tool-record.ts';
import { copyFixture, type Fixture, type FixtureName } from '../harness/fixture.ts';
import { nodeWithout, type OtherNode, TRACES } from '../harness/node-without.ts';
import { type Bench, type Chain, openBench, type Run, SENDER, startAnvil } from './bench.ts';

const kind = foundry({ dataFolder: '/' });
const needs = kind.needs({
  script: 'script/Deploy.s.sol',
  sig: 'run()',
  args: [],
  snapshot: false,
});

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
    accounts: [SENDER],
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
  return { written, recorded, checked: await checked(fixture.folder, written) };
}

/** What becomes of forge's record when it is checked, as after every run. */
function checked(folder: string, written: ContractsResult, node?: OtherNode) {
  const { url, isOwn } = node ? { url: node.url, isOwn: false } : { url: chain.url, isOwn: true };
  return checkOutcome(written, {
    ...{ url, chainId: chain.chainId, network: 'local', isOwn },
    ...{ hasSnapshot: false, allowChains: [], chainAt: async () => null },
    toolRecord: toolRecordOf(needs, folder),
  });
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
  const { written, recorded, checked } = await deploy(...asked);
  expect(recorded.transactions.map(ofTransaction)).toEqual(written.transactions.map(ofTransaction));
  expect(recorded.contracts.map(ofContract)).toEqual(written.contracts.map(ofContract));
  expect(recorded.contracts.every(({ verified }) => verified)).toBe(true);
  for (const [i, { arguments: said }] of recorded.transactions.entries()) {
    expect(said).toHaveLength(written.transactions[i]?.arguments.length ?? -1);
  }
  expect(checked.notes).toBeUndefined();
  expect(checked.result).toMatchObject({ source: 'trace', contracts: recorded.contracts });
});

/** A file of forge's, as far as it is changed here. */
interface Written {
  transactions: {
    contractName: string;
    contractAddress: string;
    additionalContracts: { contractName: string; address: string; initCode: string }[];
  }[];
}

describe('a record of forge that is wrong', () => {
  const NOWHERE = '0x00000000000000000000000000000000000000ff';
  let fixture: Fixture;
  let run: Run;
  let right: ContractsResult;
  beforeAll(async () => {
    fixture = await copyFixture('pair-factory', { compiled: true });
    run = await bench.deploy(
      bench.request(fixture.folder, 'script/Deploy.s.sol:Deploy', 'run()', [], chain),
    );
    right = (await run.plan.outcome()) as ContractsResult;
    expect(right.contracts.map(({ name }) => name)).toEqual([
      ...['Coin', 'Coin', 'UniswapV2Factory', 'UniswapV2Pair'],
    ]);
  });
  afterAll(() => fixture?.[Symbol.asyncDispose]());

  /** Changes what forge has written, and has it read and checked. Puts it back. */
  async function doctored(change: (written: Written) => void) {
    const folder = path.join(fixture.folder, 'broadcast/Deploy.s.sol', `${chain.chainId}`);
    const files = (await readdir(folder)).map((name) => path.join(folder, name));
    const before = await Promise.all(files.map((file) => readFile(file, 'utf8')));
    for (const [i, file] of files.entries()) {
      const written = JSON.parse(before[i] as string) as Written;
      change(written);
      await writeFile(file, JSON.stringify(written));
    }
    const outcome = (await run.plan.outcome()) as ContractsResult;
    for (const [i, file] of files.entries()) await writeFile(file, before[i] as string);
    expect(outcome.contracts).not.toEqual(right.contracts);
    const { result, notes } = await checked(fixture.folder, outcome);
    return { contracts: (result as ContractsResult).contracts.map(ofContract), notes, result };
  }

  test.each([
    ['without traces stays that of the tool, and one transaction is asked for', TRACES, 'tool', 2],
    ['with traces is compared, too', [], 'trace', 4],
  ])('a record on a public network %s', async (_, missing, source, most) => {
    await using node = await nodeWithout(chain.url, missing);
    const { result, notes } = await checked(fixture.folder, right, node);
    expect(result).toMatchObject({ source, contracts: right.contracts.map(ofContract) });
    expect(notes).toBeUndefined();
    const traces = node.asked.filter((method) => TRACES.some((one) => one === method));
    expect(traces).toHaveLength(most);
  });

  const ofRight = () => right.contracts.map(ofContract);
  const pair = () => right.contracts[3]?.address;

  test('that lacks a contract is completed, and the log says so', async () => {
    const { contracts, notes, result } = await doctored(({ transactions }) => {
      for (const one of transactions) one.additionalContracts = [];
    });
    expect(contracts).toEqual(ofRight());
    expect(notes).toEqual([
      `forge's record lacks 1 contract that the chain has: UniswapV2Pair at ${pair()}.`,
    ]);
    expect((result as ContractsResult).source).toBe('trace');
  });

  test('that lists one too many loses it', async () => {
    const { contracts, notes } = await doctored(({ transactions }) => {
      const [ghost] = transactions[3]?.additionalContracts ?? [];
      if (ghost) transactions[3]?.additionalContracts.push({ ...ghost, address: NOWHERE });
    });
    expect(contracts).toEqual(ofRight());
    expect(notes).toEqual([
      `forge's record lists 1 contract that the chain did not create: UniswapV2Pair at ${NOWHERE}.`,
    ]);
  });

  test('that has one at another address, or under another name, is corrected', async () => {
    const { contracts, notes, result } = await doctored(({ transactions }) => {
      const [coin] = transactions;
      if (coin) coin.contractAddress = NOWHERE;
      const [inner] = transactions[3]?.additionalContracts ?? [];
      if (inner) inner.contractName = 'Coin';
    });
    expect(contracts).toEqual(ofRight());
    const { address } = right.contracts[0] as Contract;
    expect(notes).toEqual([
      `forge's record has 1 contract at another address than the chain: Coin at ${address}, not ${NOWHERE}. ` +
        `forge's record has 1 contract under another name than the code: UniswapV2Pair at ${pair()}, not Coin.`,
    ]);
    expect((result as ContractsResult).transactions[0]?.address).toBe(address);
  });

  test('of a run that was killed before it had written a hash is completed', async () => {
    const { contracts, notes } = await doctored(({ transactions }) => {
      const last = transactions[3] as unknown as { hash: string | null };
      last.hash = null;
    });
    expect(contracts).toEqual(ofRight());
    expect(notes?.join()).toContain(`UniswapV2Pair at ${pair()}`);
  });

  test('that knows only what was sent, as of a recorded run that was killed, is read again', async () => {
    const unknown = `0x${'ab'.repeat(32)}`;
    const sent = right.transactions.map((one): Transaction => {
      return { ...one, contractName: null, blockNumber: null, status: 'pending', arguments: [] };
    });
    const last = { ...(sent[0] as Transaction), index: sent.length, hash: unknown };
    const cut = { ...right, source: null, contracts: [], transactions: [...sent, last] };
    const from = { call: rpc(chain.url), chainId: chain.chainId, sender: SENDER, isOwn: true };
    const read = await readAgain(cut, () => needs.compiled(fixture.folder), from);
    expect(read.source).toBe('trace');
    expect(read.contracts.map(ofContract)).toEqual(ofRight());
    expect(read.transactions.slice(0, -1).map(ofTransaction)).toEqual(
      right.transactions.map(ofTransaction),
    );
    expect(read.transactions.at(-1)).toEqual(last);
    const away = { ...from, call: rpc('http://127.0.0.1:9') };
    expect(await readAgain(cut, () => needs.compiled(fixture.folder), away)).toEqual(cut);
  });
});
