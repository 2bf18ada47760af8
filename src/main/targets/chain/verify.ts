import { getAddress } from 'viem';
import type { Rpc } from '../../eth/rpc.ts';
import type { Contract, Transaction } from '../../shared/result.ts';
import { safeInteger } from '../../shared/safe-integer.ts';
import type { RpcReceipt, RpcTransaction } from './rpc-shapes.ts';

/**
 * Checks every transaction and contract of a run on the chain. A hash counts only if the chain has
 * it with the run's sender and nonce; a hash of another transaction is replaced by the right one,
 * looked up in the run's blocks. What was sent but never noted, because the tool was ended, is
 * found by its sender and nonce.
 */
export async function verify(
  call: Rpc,
  found: { transactions: Transaction[]; contracts: Contract[] },
): Promise<{ transactions: Transaction[]; contracts: Contract[] }> {
  // Everything is requested at once: the hashes are almost always right.
  const [sent, receipts, codes] = await Promise.all([
    rightHashes(call, found.transactions),
    Promise.all(found.transactions.map((t) => receiptOf(call, t.hash))),
    Promise.all(found.contracts.map((c) => call<string>('eth_getCode', [c.address, 'latest']))),
  ]);
  const transactions = await Promise.all(
    found.transactions.map(async (t, i) => {
      const { hash, blockNumber } = sent[i] as OnChain;
      const receipt = hash === t.hash ? receipts[i] : await receiptOf(call, hash);
      return withReceipt(t, { hash, blockNumber }, receipt ?? null);
    }),
  );
  const moved = new Map(found.transactions.map((t, i) => [t.hash, transactions[i]]));
  const contracts = found.contracts.flatMap((contract, i) => {
    const creator = moved.get(contract.transactionHash);
    // A reverted transaction created nothing, whatever the tool noted earlier.
    if (creator?.status === 'reverted') return [];
    return {
      ...contract,
      address: getAddress(contract.address),
      transactionHash: creator?.hash ?? contract.transactionHash,
      blockNumber: creator?.blockNumber ?? contract.blockNumber,
      verified: codes[i] !== '0x',
    };
  });
  const noted = new Set(contracts.map((contract) => contract.transactionHash));
  const created = transactions.filter((t) => t.status === 'success' && !noted.has(t.hash ?? ''));
  return {
    transactions,
    contracts: [
      // A transaction that is in no block has created nothing yet.
      ...contracts.filter((c) => c.blockNumber > 0),
      ...(await Promise.all(created.map((t) => contractOf(call, t)))).flat(),
    ],
  };
}

/** What a transaction itself created. */
async function contractOf(call: Rpc, t: Transaction): Promise<Contract[]> {
  if (t.kind === 'call' || !t.address || !t.hash || t.blockNumber === null) return [];
  const code = await call<string>('eth_getCode', [t.address, 'latest']);
  const { contractName: name, address, hash: transactionHash, blockNumber } = t;
  const { chainId, elsewhere } = t;
  return [
    {
      ...{ name, address, transactionHash, blockNumber, chainId, elsewhere },
      ...{ label: null, nested: false, verified: code !== '0x' },
    },
  ];
}

/** A transaction that the tool doesn't know was sent; also null where a node can't tell. */
async function sentUnnoted(call: Rpc, t: Transaction): Promise<string | null> {
  if (t.nonce === null) return null;
  const found = await call<RpcTransaction | null>('eth_getTransactionBySenderAndNonce', [
    t.from,
    `0x${t.nonce.toString(16)}`,
  ]).catch(() => null);
  // A creation has no recipient, or CREATE2's deployer.
  const same = found && (t.kind !== 'call' || sameAddress(found.to ?? '', t.address ?? ''));
  return same ? found.hash : null;
}

/** A transaction as the node knows it, possibly before its receipt exists. */
interface OnChain {
  hash: string | null;
  /** null: in no block, or unknown. */
  blockNumber: number | null;
}

async function rightHashes(call: Rpc, expected: Transaction[]): Promise<OnChain[]> {
  const onChain = await Promise.all(
    expected.map((t) =>
      t.hash === null ? null : call<RpcTransaction | null>('eth_getTransactionByHash', [t.hash]),
    ),
  );
  const isRight = (t: Transaction, tx: RpcTransaction | null | undefined) =>
    tx && (t.nonce === null || (sameAddress(tx.from, t.from) && Number(tx.nonce) === t.nonce));
  if (expected.every((t, i) => t.hash === null || isRight(t, onChain[i]))) {
    return Promise.all(
      expected.map(async (t, i) => ({
        hash: t.hash ?? (await sentUnnoted(call, t)),
        blockNumber: blockOf(onChain[i]),
      })),
    );
  }
  const blocks = onChain.flatMap((tx) => (tx?.blockNumber ? [Number(tx.blockNumber)] : []));
  const byNonce = await transactionsByNonce(call, Math.min(...blocks), Math.max(...blocks));
  return Promise.all(
    expected.map(async (t, i) => {
      if (t.hash !== null && isRight(t, onChain[i])) {
        return { hash: t.hash, blockNumber: blockOf(onChain[i]) };
      }
      const found = t.nonce === null ? undefined : byNonce.get(key(t.from, t.nonce));
      return { hash: found ?? (await sentUnnoted(call, t)), blockNumber: null };
    }),
  );
}

/** Limits how long a node's wrong report about its blocks is trusted. */
const MOST_BLOCKS = 10_000;

const blockOf = (tx: RpcTransaction | null | undefined): number | null =>
  tx?.blockNumber ? Number(tx.blockNumber) : null;

async function transactionsByNonce(
  call: Rpc,
  first: number,
  last: number,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const end = Math.min(last, first + MOST_BLOCKS);
  for (let block = first; block <= end && Number.isSafeInteger(end); block++) {
    const full = await call<{ transactions: RpcTransaction[] } | null>('eth_getBlockByNumber', [
      `0x${block.toString(16)}`,
      true,
    ]);
    for (const tx of full?.transactions ?? []) found.set(key(tx.from, Number(tx.nonce)), tx.hash);
  }
  return found;
}

async function receiptOf(call: Rpc, hash: string | null): Promise<RpcReceipt | null> {
  return hash === null ? null : call<RpcReceipt | null>('eth_getTransactionReceipt', [hash]);
}

function withReceipt(
  transaction: Transaction,
  { hash, blockNumber }: OnChain,
  receipt: RpcReceipt | null,
): Transaction {
  const address = transaction.address && getAddress(transaction.address);
  if (hash === null) return { ...transaction, address, hash, verified: false };
  if (!receipt) {
    return { ...transaction, address, hash, blockNumber, status: 'pending', verified: false };
  }
  return {
    ...transaction,
    hash,
    address:
      transaction.kind === 'create' && receipt.contractAddress
        ? getAddress(receipt.contractAddress)
        : address,
    blockNumber: safeInteger(receipt.blockNumber),
    gasUsed: BigInt(receipt.gasUsed).toString(),
    gasPrice: BigInt(receipt.effectiveGasPrice).toString(),
    status: receipt.status === '0x1' ? 'success' : 'reverted',
    verified: true,
  };
}

const key = (from: string, nonce: number) => `${from.toLowerCase()}:${nonce}`;

function sameAddress(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
