import { getAddress } from 'viem';
import { z } from 'zod';
import type { Transaction } from '../../shared/result.ts';
import { safeInteger } from '../../shared/safe-integer.ts';
import type { PlannedCall } from '../../targets/chain/upgrades.ts';

/**
 * What forge writes to `broadcast/<file>/<chain>/run-latest.json`:
 * https://github.com/foundry-rs/foundry/blob/master/crates/script-sequence/src/sequence.rs
 */
const hex = z.string().regex(/^0x[0-9a-fA-F]*$/);
/** Values that are invalid count as unknown. */
const quantity = z
  .string()
  .regex(/^0x[0-9a-fA-F]{1,64}$/)
  .nullish()
  .catch(null);
const sentTransaction = z.object({
  hash: hex.nullable(),
  transactionType: z.string(),
  contractName: z.string().nullish(),
  contractAddress: hex.nullish(),
  function: z.string().nullish(),
  arguments: z.array(z.string()).nullish(),
  transaction: z.object({
    from: hex.nullish(),
    to: hex.nullish(),
    nonce: quantity,
    value: quantity,
    input: hex.nullish(),
  }),
  additionalContracts: z
    .array(z.object({ contractName: z.string().nullish(), address: hex, initCode: hex.nullish() }))
    .default([]),
});
const receipt = z.object({
  transactionHash: hex,
  status: quantity,
  blockNumber: quantity,
  gasUsed: quantity,
  effectiveGasPrice: quantity,
});
const sequence = z.object({
  transactions: z.array(sentTransaction),
  receipts: z.array(receipt),
  /** Unix time, ms; older versions: s. */
  timestamp: z.number().transform((value) => (value < 1e11 ? value * 1000 : value)),
  chain: z.number(),
});
export type Sequence = z.infer<typeof sequence>;

/** undefined: not such a file, or not yet. */
export function parseSequence(text: string): Sequence | undefined {
  const value = parseJson(text);
  return sequence.safeParse(value).data;
}

const multiSequence = z.object({ deployments: z.array(sequence) });

/** The file of a script that broadcasts to several chains: one sequence for each chain. */
export function parseMultiSequence(text: string): Sequence[] | undefined {
  return multiSequence.safeParse(parseJson(text)).data?.deployments;
}

const rpcs = z.object({ transactions: z.array(z.object({ rpc: z.string().nullish() })) });
const multiRpcs = z.object({ deployments: z.array(rpcs) });

/** The RPC in `cache/<file>/<chain>/run-latest.json`; null when it is missing. */
export const parseRpc = (text: string): string | null =>
  rpcOf(rpcs.safeParse(parseJson(text)).data);

/** The same for a script that broadcasts to several chains, in the order of its sequences. */
export const parseMultiRpcs = (text: string): (string | null)[] =>
  multiRpcs.safeParse(parseJson(text)).data?.deployments.map(rpcOf) ?? [];

const rpcOf = (one: z.infer<typeof rpcs> | undefined): string | null =>
  one?.transactions[0]?.rpc ?? null;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** In the order in which the script sends them. Receipts are matched by hash, not by position. */
export function transactionsOf({ transactions, receipts, chain }: Sequence): Transaction[] {
  const byHash = new Map(receipts.map((one) => [one.transactionHash.toLowerCase(), one]));
  return transactions.map((sent, index) => {
    const { transaction } = sent;
    const got = sent.hash ? byHash.get(sent.hash.toLowerCase()) : undefined;
    return {
      index,
      kind: kindOf(sent.transactionType),
      contractName: sent.contractName || null,
      address: addressOf(sent.contractAddress ?? transaction.to),
      function: sent.function || null,
      arguments: sent.arguments ?? [],
      from: addressOf(transaction.from) ?? '',
      nonce: safeInteger(transaction.nonce),
      value: decimal(transaction.value) ?? '0',
      hash: sent.hash,
      blockNumber: safeInteger(got?.blockNumber),
      gasUsed: decimal(got?.gasUsed),
      gasPrice: decimal(got?.effectiveGasPrice),
      status: got
        ? Number(got.status) === 1
          ? 'success'
          : 'reverted'
        : sent.hash
          ? 'pending'
          : 'queued',
      verified: false,
      chainId: chain,
      elsewhere: null,
    };
  });
}

/** A contract that exists once its transaction has succeeded. */
export interface CreatedContract {
  transaction: number;
  name: string | null;
  address: string;
  nested: boolean;
  /** Creation code with constructor arguments. */
  initCode: string | null;
}

/** Everything that the transactions create, including inside of calls. */
export function createdBy({ transactions }: Sequence): CreatedContract[] {
  return transactions.flatMap((sent, transaction) => {
    const kind = kindOf(sent.transactionType);
    const address = kind === 'call' ? null : addressOf(sent.contractAddress);
    const input = sent.transaction.input ?? null;
    // The deployer's input is the salt, followed by the code.
    const initCode = kind === 'create2' && input ? `0x${input.slice(66)}` : input;
    const own = address
      ? [{ transaction, name: sent.contractName || null, address, nested: false, initCode }]
      : [];
    const nested = sent.additionalContracts.map((one) => ({
      transaction,
      name: one.contractName || null,
      address: getAddress(one.address),
      nested: true,
      initCode: one.initCode ?? null,
    }));
    return [...own, ...nested];
  });
}

/** As they are to be sent, before anything is. */
export function callsOf(sequence: Sequence): PlannedCall[] {
  const created = Map.groupBy(createdBy(sequence), ({ transaction }) => transaction);
  return sequence.transactions.map(({ transactionType, transaction }, index) => ({
    to: kindOf(transactionType) === 'create' ? null : addressOf(transaction.to),
    input: transaction.input ?? '0x',
    ...{ from: addressOf(transaction.from), value: transaction.value ?? '0x0' },
    creates: (created.get(index) ?? []).flatMap(({ address, initCode }) =>
      initCode ? [{ address, initCode }] : [],
    ),
  }));
}

function kindOf(type: string): Transaction['kind'] {
  if (type === 'CREATE') return 'create';
  return type === 'CREATE2' ? 'create2' : 'call';
}

const addressOf = (value: string | null | undefined): string | null =>
  value && value.length === 42 ? getAddress(value) : null;

const decimal = (value: string | null | undefined): string | null =>
  value ? BigInt(value).toString() : null;
