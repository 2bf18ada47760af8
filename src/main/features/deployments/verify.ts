import { getAddress } from 'viem';
import type { Rpc } from '../../kit/rpc.ts';
import type { Contract, Transaction } from './contract.ts';

interface RpcTransaction {
  hash: string;
  from: string;
  to: string | null;
  nonce: string;
  blockNumber: string | null;
}

interface RpcReceipt {
  transactionHash: string;
  status: string;
  blockNumber: string;
  gasUsed: string;
  effectiveGasPrice: string;
  contractAddress: string | null;
}

/**
 * Asks the chain about every transaction and contract of a run. A hash counts only if the chain
 * has it under the sender and nonce that the run meant; one that belongs to another transaction is
 * replaced by the right one, looked up in the run's blocks. What was sent and never noted, because
 * the tool was ended, is found by its sender and nonce.
 */
export async function verify(
  call: Rpc,
  found: { transactions: Transaction[]; contracts: Contract[] },
): Promise<{ transactions: Transaction[]; contracts: Contract[] }> {
  // Everything is asked at once: the hashes are almost always right.
  const [hashes, receipts, codes] = await Promise.all([
    rightHashes(call, found.transactions),
    Promise.all(found.transactions.map((t) => receiptOf(call, t.hash))),
    Promise.all(found.contracts.map((c) => call<string>('eth_getCode', [c.address, 'latest']))),
  ]);
  const transactions = await Promise.all(
    found.transactions.map(async (t, i) => {
      const hash = hashes[i] ?? null;
      const receipt = hash === t.hash ? receipts[i] : await receiptOf(call, hash);
      return withReceipt(t, hash, receipt ?? null);
    }),
  );
  const moved = new Map(found.transactions.map((t, i) => [t.hash, transactions[i]]));
  const contracts = found.contracts.map((contract, i) => {
    const creator = moved.get(contract.transactionHash);
    return {
      ...contract,
      address: getAddress(contract.address),
      transactionHash: creator?.hash ?? contract.transactionHash,
      blockNumber: creator?.blockNumber ?? contract.blockNumber,
      verified: codes[i] !== '0x' && creator?.status !== 'reverted',
    };
  });
  const noted = new Set(contracts.map((contract) => contract.transactionHash));
  const created = transactions.filter((t) => t.status === 'success' && !noted.has(t.hash ?? ''));
  return {
    transactions,
    contracts: [
      // A transaction that never reached the chain, or was reverted, created nothing.
      ...contracts.filter((c) => c.verified || c.blockNumber > 0),
      ...(await Promise.all(created.map((t) => contractOf(call, t)))).flat(),
    ],
  };
}

/** What a transaction has created by itself. */
async function contractOf(call: Rpc, t: Transaction): Promise<Contract[]> {
  if (t.kind === 'call' || !t.address || !t.hash || t.blockNumber === null) return [];
  const code = await call<string>('eth_getCode', [t.address, 'latest']);
  const { contractName: name, address, hash: transactionHash, blockNumber } = t;
  return [{ name, address, transactionHash, blockNumber, nested: false, verified: code !== '0x' }];
}

/** A transaction that the tool doesn't know to be sent; null also where a node can't tell. */
async function sentUnnoted(call: Rpc, t: Transaction): Promise<string | null> {
  if (t.nonce === null) return null;
  const found = await call<RpcTransaction | null>('eth_getTransactionBySenderAndNonce', [
    t.from,
    `0x${t.nonce.toString(16)}`,
  ]).catch(() => null);
  // A contract's creation goes to nobody, or to the deployer of CREATE2.
  const same = found && (t.kind !== 'call' || sameAddress(found.to ?? '', t.address ?? ''));
  return same ? found.hash : null;
}

async function rightHashes(call: Rpc, expected: Transaction[]): Promise<(string | null)[]> {
  const onChain = await Promise.all(
    expected.map((t) =>
      t.hash === null ? null : call<RpcTransaction | null>('eth_getTransactionByHash', [t.hash]),
    ),
  );
  const isRight = (t: Transaction, tx: RpcTransaction | null | undefined) =>
    tx && (t.nonce === null || (sameAddress(tx.from, t.from) && Number(tx.nonce) === t.nonce));
  if (expected.every((t, i) => t.hash === null || isRight(t, onChain[i]))) {
    return Promise.all(expected.map((t) => t.hash ?? sentUnnoted(call, t)));
  }
  const blocks = onChain.flatMap((tx) => (tx?.blockNumber ? [Number(tx.blockNumber)] : []));
  const byNonce = await transactionsByNonce(call, Math.min(...blocks), Math.max(...blocks));
  return Promise.all(
    expected.map((t, i) => {
      if (t.hash !== null && isRight(t, onChain[i])) return t.hash;
      const found = t.nonce === null ? undefined : byNonce.get(key(t.from, t.nonce));
      return found ?? sentUnnoted(call, t);
    }),
  );
}

async function transactionsByNonce(
  call: Rpc,
  first: number,
  last: number,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (let block = first; block <= last && Number.isFinite(last); block++) {
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
  hash: string | null,
  receipt: RpcReceipt | null,
): Transaction {
  const address = transaction.address && getAddress(transaction.address);
  if (hash === null) return { ...transaction, address, hash, verified: false };
  if (!receipt) return { ...transaction, address, hash, status: 'pending', verified: false };
  return {
    ...transaction,
    hash,
    address:
      transaction.kind === 'create' && receipt.contractAddress
        ? getAddress(receipt.contractAddress)
        : address,
    blockNumber: Number(receipt.blockNumber),
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
