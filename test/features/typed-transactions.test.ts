import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  concatHex,
  createWalletClient,
  encodeFunctionData,
  getAddress,
  type Hex,
  http,
  keccak256,
  numberToHex,
  type PrivateKeyAccount,
  parseSignature,
  publicActions,
  toRlp,
  zeroAddress,
} from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { anvil } from 'viem/chains';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findTool } from '#main/engines/process/tools.ts';
import { transactionText } from '#main/features/explorer/text.ts';
import { unpackTransaction } from '#main/features/traces/packed.ts';
import { cast } from '#main/kinds/foundry/tools.ts';
import type { TransactionGas } from '#main/shared/decoded.ts';
import { codeText } from '#main/shared/delegation.ts';
import { castRun } from '#test/harness/cast-run.ts';
import { FollowedChain } from '#test/harness/followed-chain.ts';
import { type InsideProject, insideProject } from '#test/harness/inside-project.ts';

const run = promisify(execFile);
/** The first two of the chain's own accounts. */
const SENDER_KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';
const OWNER_KEY = '0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d';
const WHO = '0x00000000000000000000000000000000DeaDBeef';

let chain: FollowedChain;
let project: InsideProject;
let url: string;
let stored: Hex;
beforeAll(async () => {
  chain = await FollowedChain.open();
  const { rpcUrl } = await chain.client.chains.get({ chain: 'local' });
  url = rpcUrl as string;
  project = await insideProject('src/Stored.sol', 'optimised', { withLayouts: true });
  await chain.client.projects.add({ path: project.path, name: 'stored' });
  const { creation } = project.contracts.get('Stored') ?? {};
  const sent = await chain.send({ data: `0x${creation?.object as ''}` });
  stored = getAddress(sent.contractAddress);
});
afterAll(async () => {
  await chain?.[Symbol.asyncDispose]();
  await project?.[Symbol.asyncDispose]();
});

const walletOf = (account: PrivateKeyAccount) =>
  createWalletClient({ account, chain: anvil, transport: http(url) }).extend(publicActions);
const sender = privateKeyToAccount(SENDER_KEY);
const owner = privateKeyToAccount(OWNER_KEY);
const show = (hash: Hex, asked: { trace?: boolean; state?: boolean; source?: boolean } = {}) =>
  chain.client.explorer.transaction({ network: 'local', hash, ...asked });
const mined = (hash: Hex) => walletOf(sender).waitForTransactionReceipt({ hash });

const callData = (functionName: string, args: unknown[] = []): Hex => {
  const { abi = [] } = project.contracts.get('Stored') ?? {};
  return encodeFunctionData({ abi, functionName, args });
};

async function authorized(
  signed: readonly {
    account: PrivateKeyAccount;
    address?: Hex;
    nonce?: number;
    chainId?: number;
  }[],
  call: { to: Hex; data?: Hex; gas?: bigint },
): Promise<Hex> {
  const wallet = walletOf(sender);
  const authorizationList = await Promise.all(
    signed.map(({ account, address = stored, ...more }) =>
      walletOf(account).signAuthorization({ account, contractAddress: address, ...more }),
    ),
  );
  const hash = await wallet.sendTransaction({ gas: 2_000_000n, ...call, authorizationList });
  await mined(hash);
  return hash;
}

const sumOf = (gas: TransactionGas): bigint =>
  [gas.base, gas.calldata, gas.creation, gas.accessList, gas.authorizations].reduce(
    (sum, part) => sum + BigInt(part),
    BigInt(gas.execution ?? -1) - BigInt(gas.refund ?? 0),
  );

test('an account that delegates is decoded, changed and shown by what it delegates to', async () => {
  const fresh = privateKeyToAccount(generatePrivateKey());
  const hash = await authorized(
    [{ account: owner }, { account: owner, nonce: 77 }, { account: fresh, nonce: 0, chainId: 0 }],
    { to: owner.address, data: callData('values') },
  );
  const shown = await show(hash, { trace: true, state: true });
  expect(shown).toMatchObject({
    ...{ type: 'set code', status: 'success', function: 'values()' },
    to: { address: owner.address, contract: 'Stored' },
    authorizations: [
      {
        ...{ chainId: '31337', nonce: '0', applied: true },
        address: { address: stored, contract: 'Stored' },
        authority: { address: owner.address },
      },
      { nonce: '77', applied: false, authority: { address: owner.address } },
      { chainId: '0', applied: true, authority: { address: fresh.address } },
    ],
    trace: { contract: 'Stored', proxy: 'delegation', function: 'values()' },
  });
  const changed = shown.state?.accounts.find(({ address }) => address === owner.address);
  expect(changed?.variables.map(({ name }) => name)).toContain('few[17]');
  const text = transactionText(shown);
  expect(text).toContain('set code');
  expect(text).toContain(`delegates to Stored`);
  expect(text).toContain('passed over');
  expect(text).not.toContain('access list');
  const address = await chain.client.explorer.address({ network: 'local', address: owner.address });
  expect(address).toMatchObject({
    delegates: true,
    implementation: { address: stored, contract: 'Stored' },
  });
});

test("an authorization that no chain takes is nobody's, and numbers may be of any size", async () => {
  const account = privateKeyToAccount(generatePrivateKey());
  const nonce = await walletOf(sender).getTransactionCount({ address: sender.address });
  const low = await account.signAuthorization({ address: stored, nonce: 0, chainId: 31337 });
  const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
  const s = numberToHex(order - BigInt(low.s ?? 0), { size: 32 });
  const high = { ...low, s, yParity: low.yParity === 1 ? 0 : 1 };
  const elsewhere = { chainId: 2n ** 60n + 1n, nonce: 2n ** 62n + 1n };
  const fields = [numberToHex(elsewhere.chainId), stored, numberToHex(elsewhere.nonce)];
  const hash = keccak256(concatHex(['0x05', toRlp(fields)]));
  const far = parseSignature(await account.sign({ hash }));
  const wide = { ...elsewhere, ...far, address: stored } as unknown as typeof low;
  const sent = await walletOf(sender).sendTransaction({
    ...{ to: account.address, data: callData('values'), gas: 500_000n, nonce },
    authorizationList: [high, wide],
  });
  await mined(sent);
  expect(await walletOf(sender).getCode({ address: account.address })).toBeUndefined();
  const shown = await show(sent, { trace: true, state: true });
  expect(shown).toMatchObject({
    ...{ to: { contract: null }, trace: { contract: null } },
    authorizations: [
      { authority: null, applied: false },
      {
        ...{ chainId: `${elsewhere.chainId}`, nonce: `${elsewhere.nonce}`, applied: false },
        authority: { address: account.address },
      },
    ],
  });
  expect(shown.state?.accounts.map(({ address }) => address)).not.toContain(account.address);
});

test('what gas went into adds up with authorizations, and execution is that of cast run', async () => {
  const fresh = () => privateKeyToAccount(generatePrivateKey());
  const cases: [string, Parameters<typeof authorized>[0], Hex | undefined][] = [
    ['one that was there', [{ account: owner }], callData('maps', [WHO, 'one'])],
    [
      'new ones',
      [
        { account: fresh(), nonce: 0 },
        { account: fresh(), nonce: 0 },
      ],
      callData('lists_'),
    ],
    ['passed over', [{ account: owner, nonce: 999 }], callData('maps', [WHO, 'three'])],
    ['the limit on refunds', [{ account: owner }, { account: fresh(), nonce: 0 }], undefined],
    ['cleared storage, too', [{ account: owner }], callData('clear')],
    ['a failure', [{ account: owner }], callData('undo', [WHO])],
  ];
  const refunds = new Map<string, bigint>();
  for (const [what, signed, data] of cases) {
    const to = data ? stored : '0x00000000000000000000000000000000DeaDBeef';
    const hash = await authorized(signed, { to, data });
    const { gasUsed } = await mined(hash);
    for (const asked of [{}, { state: true }]) {
      const { gas } = await show(hash, asked);
      expect([what, sumOf(gas as TransactionGas)]).toEqual([what, gasUsed]);
      expect([what, gas?.authorizations]).toEqual([what, String(25_000 * signed.length)]);
      const own = data ? (await castRun(hash, url)).calls[0]?.gasUsed : 0n;
      expect([what, gas?.execution]).toEqual([what, String(own)]);
      refunds.set(what, BigInt(gas?.refund ?? -1));
    }
  }
  expect(refunds.get('one that was there')).toBe(12_500n);
  expect(refunds.get('passed over')).toBe(0n);
  expect(refunds.get('the limit on refunds')).toBe(71_000n / 5n);
  expect(refunds.get('a failure')).toBeGreaterThan(0n);
});

test('lines of source are told where an account runs what it delegates to', async () => {
  await authorized([{ account: owner }], { to: owner.address });
  const hash = await walletOf(sender).sendTransaction({
    ...{ to: owner.address, data: callData('undo', [WHO]), gas: 500_000n },
  });
  await mined(hash);
  const { source, sourceProblem } = await show(hash, { source: true });
  expect(sourceProblem).toBeNull();
  expect(JSON.stringify(source)).toContain('undone');
  // One that sets it itself has not found it.
  const fresh = privateKeyToAccount(generatePrivateKey());
  const own = await authorized([{ account: fresh, nonce: 0 }], {
    ...{ to: fresh.address, data: callData('undo', [WHO]) },
  });
  expect(JSON.stringify((await show(own, { source: true })).source)).toContain('undone');
});

test('an account that delegates no more is an account again', async () => {
  const hash = await authorized([{ account: owner, address: zeroAddress }], { to: WHO });
  expect(transactionText(await show(hash))).toContain('delegates no more');
  const address = await chain.client.explorer.address({ network: 'local', address: owner.address });
  expect(address).toMatchObject({ delegates: false, codeSize: 0, implementation: null });
});

test('what an account ran is told after it delegates to something else, and when the chain is stopped', async () => {
  const account = privateKeyToAccount(generatePrivateKey());
  const { creation } = project.contracts.get('Stored') ?? {};
  const { contractAddress } = await chain.send({ data: `0x${creation?.object as ''}` });
  const other = getAddress(contractAddress);
  const call = { to: account.address, data: callData('values') };
  const first = await authorized([{ account, nonce: 0 }], call);
  const moved = await authorized([{ account, nonce: 1, address: other }], call);
  const plain = await walletOf(sender).sendTransaction({ ...call, gas: 2_000_000n });
  await mined(plain);
  const removed = await authorized([{ account, nonce: 2, address: zeroAddress }], call);
  const hashes = [first, moved, plain, removed];
  const codes = async () => {
    const shown = await Promise.all(hashes.map((hash) => show(hash, { state: true, trace: true })));
    return shown.map(({ state }) => {
      const code = state?.accounts.find((one) => one.address === account.address)?.code;
      return code ? `${codeText(code.before)} → ${codeText(code.after)}` : null;
    });
  };
  const changed = [
    `none → delegates to ${stored}`,
    `delegates to ${stored} → delegates to ${other}`,
    null,
    `delegates to ${other} → none`,
  ];
  expect(await codes()).toEqual(changed);
  await chain.recorded();
  expect(await codes()).toEqual(changed);
  const lines = async () => {
    const { transactions } = await chain.client.explorer.addressTransactions({
      ...{ network: 'local', address: account.address, limit: 10 },
    });
    return transactions.map((one) => [one.hash, one.to?.contract, one.function]).toReversed();
  };
  const told = hashes.map((hash, i) => [hash, i < 3 ? 'Stored' : null, 'values()']);
  expect(await lines()).toEqual(told);
  for (const [i, hash] of hashes.entries()) {
    const { to, function: called, trace } = await show(hash, { trace: true });
    expect([hash, to?.contract, called]).toEqual(told[i]);
    expect(trace?.contract).toBe(told[i]?.[1]);
  }
  const { rows } = await chain.client.gas.report({ network: 'local' });
  const counted = rows.filter(({ through, function: name }) => through && name === 'values()');
  expect(counted.map(({ contract }) => contract)).toEqual(['Stored']);
  expect(counted[0]?.calls).toBeGreaterThanOrEqual(3);

  const standing = await authorized([{ account, nonce: 3, address: other }], call);
  await chain.recorded();
  const address = () =>
    chain.client.explorer.address({ network: 'local', address: account.address });
  const running = await address();
  await chain.client.chains.stop({ chain: 'local' });
  expect(await address()).toEqual({ ...running, balance: null, nonce: null, stopped: true });
  const { gas } = await show(standing);
  expect(gas).toMatchObject({ execution: null, refund: null });
  expect(transactionText(await show(standing))).toContain('execution and refund');
  await chain.startAgain();
  url = (await chain.client.chains.get({ chain: 'local' })).rpcUrl as string;
});

test('types and access lists are told', async () => {
  const wallet = walletOf(sender);
  const accessList = [{ address: stored, storageKeys: [`0x${'07'.repeat(32)}`] as Hex[] }];
  const gasPrice = (await wallet.getGasPrice()) * 2n;
  const sent = { to: stored, data: callData('raw'), gas: 300_000n } as const;
  const legacy = await wallet.sendTransaction({ ...sent, type: 'legacy', gasPrice });
  const listed = await wallet.sendTransaction({ ...sent, type: 'eip2930', gasPrice, accessList });
  const dynamic = await wallet.sendTransaction({ ...sent, type: 'eip1559' });
  for (const hash of [legacy, listed, dynamic]) await mined(hash);
  expect((await show(legacy)).type).toBe('legacy');
  expect((await show(dynamic)).type).toBe('dynamic fee');
  const shown = await show(listed);
  expect(shown).toMatchObject({
    ...{ type: 'access list', gas: { accessList: '4300', authorizations: '0' } },
    accessList: [{ address: stored, contract: 'Stored', storageKeys: accessList[0]?.storageKeys }],
  });
  expect(transactionText(shown)).toContain(`0x${'07'.repeat(32)}`);
});

test('the fee of a transaction with blobs has what these cost', async () => {
  const file = path.join(project.path, 'blob.txt');
  await writeFile(file, 'what is in the blob '.repeat(1000));
  const { stdout } = await run(findTool(cast).path, [
    ...['send', '--rpc-url', url, '--private-key', SENDER_KEY, '--blob', '--path', file],
    ...['--value', '1', WHO, '--json'],
  ]);
  const { transactionHash: hash } = JSON.parse(stdout) as { transactionHash: Hex };
  const [before, receipt, transaction] = await Promise.all([
    walletOf(sender).getBalance({ address: sender.address, blockTag: 'latest' }),
    mined(hash),
    walletOf(sender).getTransaction({ hash }),
  ]);
  const paid = await walletOf(sender).getBalance({
    ...{ address: sender.address, blockNumber: receipt.blockNumber - 1n },
  });
  const shown = await show(hash, { trace: true, state: true });
  const blobFee = (receipt.blobGasUsed ?? 0n) * (receipt.blobGasPrice ?? 0n);
  expect(blobFee).toBeGreaterThan(0n);
  expect(shown).toMatchObject({
    ...{ type: 'blob', status: 'success', stateProblem: null, traceProblem: null },
    fee: String(receipt.gasUsed * receipt.effectiveGasPrice + blobFee),
    blobs: {
      versionedHashes: transaction.blobVersionedHashes,
      gasUsed: String(receipt.blobGasUsed),
      fee: String(blobFee),
    },
  });
  expect(BigInt(shown.fee ?? 0)).toBe(paid - before - 1n);
  const text = transactionText(shown);
  expect(text).toContain(transaction.blobVersionedHashes?.[0]);
  await chain.recorded();
  const records = chain.store.recordsOf('local', receipt.blockHash) ?? [];
  expect(records).toHaveLength(1);
  for (const { record } of records) {
    // What a node keeps of the blobs themselves is no part of a transaction.
    const { transaction } = unpackTransaction(record, () => undefined);
    expect(transaction).toMatchObject({ hash, blobVersionedHashes: [expect.any(String)] });
    expect(transaction).not.toHaveProperty('blobs');
  }
});

test('an account that delegates to what is not known has the name of no contract', async () => {
  const account = '0x00000000000000000000000000000000000abcde';
  const unknown = '0x00000000000000000000000000000000000fedcb';
  await chain.call('anvil_setCode', [account, `0xef0100${unknown.slice(2)}`]);
  const shown = await chain.client.explorer.address({ network: 'local', address: account });
  expect(shown).toMatchObject({ contract: null, delegates: true });
  expect(shown.implementation?.address.toLowerCase()).toBe(unknown);
});
