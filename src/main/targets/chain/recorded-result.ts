import { getAddress } from 'viem';
import { z } from 'zod';
import type { CodeIndex, NamedCode } from '../../eth/code-index.ts';
import { callText, constructorTexts } from '../../eth/inside/call-text.ts';
import type { Rpc } from '../../eth/rpc.ts';
import type {
  Contract,
  ContractsResult,
  ContractsSource,
  Transaction,
} from '../../shared/result.ts';
import { safeInteger } from '../../shared/safe-integer.ts';
import { CodeNames } from './code-names.ts';
import { type Creation, createdItself, isToDeployer, tracesOf } from './creations.ts';
import type { Replay } from './replay.ts';
import type { Landed, RpcReceipt, RpcTransaction } from './rpc-shapes.ts';

const ZERO_ADDRESS = `0x${'0'.repeat(40)}`;

const address = z.string().regex(/^0x[0-9a-f]{40}$/i);
const quantity = z.string().regex(/^0x[0-9a-f]{1,64}$/i);

/** Of `eth_sendTransaction`: https://ethereum.org/developers/docs/apis/json-rpc/#eth_sendtransaction */
const toBeSigned = z.object({
  from: address,
  to: address.nullable().default(null),
  value: quantity.default('0x0'),
  nonce: quantity.optional(),
});

/** What was sent, as far as the chain knows it. */
export interface RecordedFrom {
  call: Rpc;
  chainId: number;
  sender: string | null;
  index: CodeIndex;
  /** A Drydock chain. */
  isOwn: boolean;
  /** Finds what transactions created where the network traces none; absent: nothing does. */
  replay?: Replay;
}

/** Reads a run from the chain: what was sent, in this order, and everything that it created. */
export async function recordedResult(
  hashes: readonly string[],
  from: RecordedFrom,
): Promise<ContractsResult> {
  return new Reading(from).read(hashes);
}

/** A transaction that a node has just taken. */
export interface TakenTransaction {
  hash: string;
  /** Its position in the run. */
  index: number;
  /** What the node was asked with. */
  asked: unknown;
}

/**
 * A transaction that was just sent, as far as its own data describes it: the sender waits for this,
 * so the node is asked only for what was signed elsewhere.
 */
export async function pendingTransaction(
  { hash, index, asked }: TakenTransaction,
  { call, chainId, sender }: Pick<RecordedFrom, 'call' | 'chainId' | 'sender'>,
): Promise<Transaction> {
  const known =
    toBeSigned.safeParse(asked).data ??
    (await call<RpcTransaction | null>('eth_getTransactionByHash', [hash]));
  const from = known?.from ?? sender ?? ZERO_ADDRESS;
  return {
    ...{ index, hash, chainId, elsewhere: null, from: getAddress(from) },
    kind: known && known.to === null ? 'create' : 'call',
    ...{ contractName: null, address: addressOf(known?.to ?? null), function: null, arguments: [] },
    nonce: known?.nonce ? safeInteger(known.nonce) : null,
    value: BigInt(known?.value ?? 0).toString(),
    ...{ blockNumber: null, gasUsed: null, gasPrice: null, status: 'pending', verified: false },
  };
}

interface Sent {
  hash: string;
  /** null: the chain doesn't know it. */
  transaction: RpcTransaction | null;
  receipt: RpcReceipt | null;
}

type Known = Sent & { transaction: RpcTransaction };

/** One reading. */
class Reading {
  readonly #from: RecordedFrom;
  readonly #names: CodeNames;
  readonly #contracts: Contract[] = [];

  constructor(from: RecordedFrom) {
    this.#from = from;
    this.#names = new CodeNames(from.call, from.index);
  }

  async read(hashes: readonly string[]): Promise<ContractsResult> {
    const { chainId, sender } = this.#from;
    const found = await Promise.all(hashes.map((hash) => this.#sent(hash)));
    const { creations, source } = await this.#creations(found.filter(hasLanded));
    const transactions: Transaction[] = [];
    // One after the other, because a transaction may call what an earlier one created.
    for (const [index, sent] of found.entries()) {
      if (isKnown(sent)) {
        transactions.push(await this.#one(index, sent, creations.get(sent.hash) ?? []));
      }
    }
    return {
      ...{ family: 'contracts', chainId, sender, source, transactions },
      contracts: this.#contracts,
    };
  }

  async #sent(hash: string): Promise<Sent> {
    const { call } = this.#from;
    const [transaction, receipt] = await Promise.all([
      call<RpcTransaction | null>('eth_getTransactionByHash', [hash]),
      call<RpcReceipt | null>('eth_getTransactionReceipt', [hash]),
    ]);
    return { hash, transaction, receipt };
  }

  /** By hash, and the least complete way in which any of them were found. */
  async #creations(
    landed: readonly Landed[],
  ): Promise<{ creations: Map<string, Creation[]>; source: ContractsSource }> {
    const { call, isOwn, replay } = this.#from;
    const hashes = landed.map(({ hash }) => hash);
    const creations = await tracesOf(call, hashes, isOwn);
    const missing = () => landed.filter(({ hash }) => !creations.has(hash));
    if (missing().length === 0) return { creations, source: landed.length > 0 ? 'trace' : null };
    for (const [hash, found] of (await replay?.(missing())) ?? []) creations.set(hash, found);
    const unread = missing();
    for (const { hash, transaction, receipt } of unread) {
      creations.set(hash, await createdItself(call, { input: transaction.input, receipt }));
    }
    return { creations, source: unread.length > 0 ? 'receipt' : 'replay' };
  }

  async #one(
    index: number,
    { hash, transaction, receipt }: Known,
    creations: readonly Creation[],
  ): Promise<Transaction> {
    const landed = receipt?.status === '0x1';
    const { to, input } = transaction;
    if (receipt) await this.#note(hash, receipt, creations);
    const made = creations.find(({ nested }) => !nested);
    const kind = to === null ? 'create' : isToDeployer(to) && made ? 'create2' : 'call';
    const named =
      kind === 'call'
        ? await this.#names.at(to as string)
        : ((made && (await this.#names.at(made.address))) ?? this.#names.byCreation(input));
    const said = kind === 'call' && named ? callText(named.contract.abi, input) : null;
    return {
      ...{ index, kind, hash, from: getAddress(transaction.from) },
      ...{ chainId: this.#from.chainId, elsewhere: null },
      contractName: named?.contract.name ?? null,
      address: addressOf(made?.address ?? to),
      function: said?.function ?? null,
      arguments: kind === 'call' ? (said?.arguments ?? []) : argumentsOf(named),
      nonce: safeInteger(transaction.nonce),
      value: BigInt(transaction.value).toString(),
      blockNumber: receipt && safeInteger(receipt.blockNumber),
      gasUsed: receipt && BigInt(receipt.gasUsed).toString(),
      gasPrice: receipt && BigInt(receipt.effectiveGasPrice).toString(),
      status: receipt ? (landed ? 'success' : 'reverted') : 'pending',
      verified: receipt !== null,
    };
  }

  async #note(hash: string, receipt: RpcReceipt, creations: readonly Creation[]): Promise<void> {
    for (const creation of creations) {
      const named = await this.#names.of(creation);
      this.#contracts.push({
        name: named?.contract.name ?? null,
        label: null,
        address: getAddress(creation.address),
        transactionHash: hash,
        blockNumber: safeInteger(receipt.blockNumber) ?? 0,
        nested: creation.nested,
        verified: creation.runtimeCode !== '0x',
        ...{ chainId: this.#from.chainId, elsewhere: null },
      });
    }
  }
}

const isKnown = (sent: Sent): sent is Known => sent.transaction !== null;

const hasLanded = (sent: Sent): sent is Landed => isKnown(sent) && sent.receipt?.status === '0x1';

const argumentsOf = (named: NamedCode | null | undefined): string[] =>
  named?.constructorArguments
    ? constructorTexts(named.contract.abi, named.constructorArguments)
    : [];

const addressOf = (address: string | null): string | null => address && getAddress(address);
