import { encodeDeployData, encodeFunctionData } from 'viem';
import { expect, test } from 'vitest';
import {
  CALL_TRACER,
  PRE_STATE_TRACER,
  withOwnGas,
} from '#main/eth/inside/recorded-transaction.ts';
import { unpackTransaction } from '#main/features/traces/packed.ts';
import { UnpackedCodes } from '#main/features/traces/unpacked-codes.ts';
import { FollowedChain } from '#test/harness/followed-chain.ts';
import { insideProject } from '#test/harness/inside-project.ts';

/** Creates a contract that stores the gas that is left for its caller. */
const STORES = '0x600480600b6000396000f35a335500';

test('each transaction of a full block is recorded as the node itself traces it', async () => {
  await using chain = await FollowedChain.open();
  const network = 'local';
  await using project = await insideProject('src/Together.sol');
  const { abi = [], creation } = project.contracts.get('Together') ?? {};
  const { contractAddress } = await chain.send({
    data: encodeDeployData({ abi, bytecode: `0x${creation?.object}` }),
  });
  const accounts = await chain.call<string[]>('eth_accounts');
  await chain.call('evm_setAutomine', [false]);
  for (let n = 0; n < 50; n++) {
    const from = accounts[n % 3];
    const isCall = n % 4 !== 3;
    const data = encodeFunctionData({ abi, functionName: 'step', args: [BigInt(n)] });
    const what = isCall
      ? { to: contractAddress, data, gas: '0x61a80', value: n % 7 === 0 ? '0x5' : '0x0' }
      : { to: accounts[(n + 1) % 3], gas: '0x5208', value: '0x7' };
    await chain.call('eth_sendTransaction', [{ from, ...what }]);
  }
  const created = encodeDeployData({ abi, bytecode: `0x${creation?.object}` });
  await chain.call('eth_sendTransaction', [{ from: accounts[0], data: created, gas: '0x200000' }]);
  await chain.call('evm_mine');
  await chain.recorded();
  const { transactions } = await chain.client.explorer.block({ network, block: 'latest' });
  expect(transactions).toHaveLength(51);
  expect(transactions.some(({ status }) => status === 'reverted')).toBe(true);
  for (const { hash } of transactions) {
    const found = chain.store.find(network, hash, null);
    const { receipt, trace, preState } = unpackTransaction(
      found?.record ?? new Uint8Array(),
      new UnpackedCodes().of(found?.codes ?? new Map()),
    );
    const [ofNode, stateOfNode] = await Promise.all([
      chain.call<never>('debug_traceTransaction', [hash, CALL_TRACER]),
      chain.call('debug_traceTransaction', [hash, PRE_STATE_TRACER]),
    ]);
    expect(trace).toEqual(withOwnGas(ofNode, receipt));
    expect(preState).toEqual(stateOfNode);
  }
});

test('of a block of very many transactions each is recorded', async () => {
  await using chain = await FollowedChain.open();
  const network = 'local';
  const [sender, receiver = ''] = await chain.call<string[]>('eth_accounts');
  const { contractAddress } = await chain.send({ data: STORES });
  await chain.call('evm_setAutomine', [false]);
  const sent = (to: string, gas: string) =>
    chain.call<string>('eth_sendTransaction', [{ from: sender, to, gas, value: '0x0' }]);
  for (let i = 0; i < 145; i++) await sent(receiver, '0x5208');
  const late = await sent(contractAddress, '0x20000');
  await chain.call('evm_mine');
  await chain.recorded();
  const { record } = chain.store.find(network, late, null) ?? {};
  const { trace, preState } = unpackTransaction(record ?? new Uint8Array(), () => undefined);
  expect(trace).toMatchObject({ type: 'CALL', to: contractAddress.toLowerCase() });
  expect(preState).toHaveProperty([contractAddress.toLowerCase()]);
});

test('the gas of a call is that of its transaction alone, live, recorded and in reports', async () => {
  await using chain = await FollowedChain.open();
  const network = 'local';
  const { contractAddress } = await chain.send({ data: STORES });
  await chain.call('evm_setAutomine', [false]);
  const [from] = await chain.call<string[]>('eth_accounts');
  const hashes: string[] = [];
  for (let i = 0; i < 3; i++) {
    const asked = { from, to: contractAddress, gas: '0xc350', nonce: `0x${(i + 1).toString(16)}` };
    hashes.push(await chain.call('eth_sendTransaction', [asked]));
  }
  await chain.call('evm_mine');
  const gasOf = async (hash: string) => {
    const { gasUsed, trace } = await chain.client.explorer.transaction({
      ...{ network, hash, trace: true },
    });
    expect([trace?.gasUsed, trace?.selfGas]).toEqual([gasUsed, gasUsed]);
    return Number(gasUsed);
  };
  const live = await Promise.all(hashes.map(gasOf));
  await chain.recorded();
  for (const [i, hash] of hashes.entries()) {
    const { record } = chain.store.find(network, hash, null) ?? {};
    const { trace } = unpackTransaction(record ?? new Uint8Array(), () => undefined);
    expect(Number(trace?.gasUsed)).toBe(live[i]);
  }
  const { blockNumber } = await chain.client.explorer.transaction({
    network,
    hash: hashes[0] ?? '',
  });
  const report = await chain.client.gas.report({
    ...{ network, fromBlock: blockNumber ?? 0, toBlock: blockNumber ?? 0 },
  });
  expect(report.gasUsed).toBe(live.reduce((sum, gas) => sum + gas, 0));
});
