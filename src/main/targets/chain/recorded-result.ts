import { getAddress } from 'viem';
import { z } from 'zod';
import { implementationOf } from '../../eth/clone.ts';
import type { CodeIndex, NamedCode } from '../../eth/code-index.ts';
import { callText, constructorTexts } from '../../eth/inside/call-text.ts';
import type { Rpc } from '../../eth/rpc.ts';
import type { Contract, ContractsResult, Transaction } from '../../shared/result.ts';
import { safeInteger } from '../../shared/safe-integer.ts';
import { type Creation, type Creations, creationsOf, type TraceSource } from './creations.ts';

/** https://github.com/Arachnid/deterministic-deployment-proxy */
const ZERO_ADDRESS = `0x${'0'.repeat(40)}`;
const CREATE2_DEPLOYER = '0x4e59b44847b379578588920ca78fbf26c0b4956c';

const address = z.string().regex(/^0x[0-9a-f]{40}$/i);
const quantity = z.string().regex(/^0x[0-9a-f]{1,64}$/i);

/** Of `eth_sendTransaction`: https://ethereum.org/developers/docs/apis/json-rpc/#eth_sendtransaction */
const toBeSigned = z.object({
  from: address,
  to: address.nullable().default(null),
  value: quantity.default('0x0'),
  nonce: quantity.optional(),
});

interface RpcTransaction {
  from: string;
  to: string | null;
  nonce: string;
  value: string;
  input: string;
}

interface RpcReceipt {
  status: string;
  blockNumber: string;
  gasUsed: string;
  effectiveGasPrice: string;
  contractAddress: string | null;
}

export interface Recorded {
  result: ContractsResult;
  /** The least detailed way in which any of it was found. */
  source: TraceSource;
}

/** What was sent, as far as the chain knows it. */
export interface RecordedFrom {
  call: Rpc;
  chainId: number;
  sender: string | null;
  index: CodeIndex;
}

/** Reads a run from the chain: what was sent, in this order, and everything that it created. */
export async function recordedResult(
  hashes: readonly string[],
  from: RecordedFrom,
): Promise<Recorded> {
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
  { call, chainId, sender }: Omit<RecordedFrom, 'index'>,
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

/** One reading. It remembers which code is at which address. */
class Reading {
  readonly #from: RecordedFrom;
  readonly #names = new Map<string, Promise<NamedCode | null>>();
  readonly #contracts: Contract[] = [];
  readonly #sources = new Set<TraceSource>();

  constructor(from: RecordedFrom) {
    this.#from = from;
  }

  async read(hashes: readonly string[]): Promise<Recorded> {
    const { call, chainId, sender } = this.#from;
    const found = await Promise.all(
      hashes.map((hash) =>
        Promise.all([
          call<RpcTransaction | null>('eth_getTransactionByHash', [hash]),
          call<RpcReceipt | null>('eth_getTransactionReceipt', [hash]),
        ]),
      ),
    );
    const transactions: Transaction[] = [];
    const traced = ahead(found.length, TRACES_AHEAD, async (index) => {
      const [transaction, receipt] = found[index] ?? [];
      if (!transaction || !receipt || !isLanded(receipt)) return null;
      return creationsOf(call, hashes[index] as string, receipt.contractAddress);
    });
    // One after the other, because a transaction may call what an earlier one created.
    for (const [index, [transaction, receipt]] of found.entries()) {
      const hash = hashes[index] as string;
      const creations = await traced(index);
      if (!transaction) continue;
      transactions.push(await this.#one({ index, hash, transaction, receipt, creations }));
    }
    const result: ContractsResult = {
      ...{ family: 'contracts', chainId, sender, transactions },
      contracts: this.#contracts,
    };
    return { result, source: poorest(this.#sources) };
  }

  async #one(sent: {
    index: number;
    hash: string;
    transaction: RpcTransaction;
    receipt: RpcReceipt | null;
    creations: Creations | null;
  }): Promise<Transaction> {
    const { index, hash, transaction, receipt } = sent;
    const landed = receipt !== null && isLanded(receipt);
    const { to, input } = transaction;
    const byDeployer = to?.toLowerCase() === CREATE2_DEPLOYER;
    const creations =
      receipt && sent.creations
        ? await this.#creations(hash, receipt, sent.creations, byDeployer)
        : [];
    const made = creations.find(({ nested }) => !nested);
    const kind = to === null ? 'create' : byDeployer && made ? 'create2' : 'call';
    const named =
      kind === 'call'
        ? await this.#nameAt(to as string)
        : ((made && (await this.#nameAt(made.address))) ?? this.#from.index.byCreation(input));
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

  async #creations(
    hash: string,
    receipt: RpcReceipt,
    { source, creations }: Creations,
    byDeployer: boolean,
  ): Promise<Creation[]> {
    const { chainId } = this.#from;
    this.#sources.add(source);
    // The deployer is a means of sending, not a contract of the run.
    if (byDeployer && creations[0]) creations[0].nested = false;
    for (const creation of creations) {
      const named = await this.#nameOf(creation);
      this.#names.set(creation.address, Promise.resolve(named));
      this.#contracts.push({
        name: named?.contract.name ?? null,
        label: null,
        address: getAddress(creation.address),
        transactionHash: hash,
        blockNumber: safeInteger(receipt.blockNumber) ?? 0,
        nested: creation.nested,
        verified: creation.runtimeCode !== '0x',
        ...{ chainId, elsewhere: null },
      });
    }
    return creations;
  }

  async #nameOf({ creationCode, runtimeCode }: Creation): Promise<NamedCode | null> {
    const { index } = this.#from;
    const byCreation = creationCode === null ? null : index.byCreation(creationCode);
    const named = byCreation ?? index.byRuntime(runtimeCode);
    if (named) return named;
    const implementation = implementationOf(runtimeCode);
    return implementation === null ? null : this.#nameAt(implementation);
  }

  /** The code at an address, including code from before the run. */
  #nameAt(address: string): Promise<NamedCode | null> {
    const key = address.toLowerCase();
    const known = this.#names.get(key);
    if (known) return known;
    const asked = this.#ask(key);
    this.#names.set(key, asked);
    return asked;
  }

  async #ask(address: string): Promise<NamedCode | null> {
    const code = await this.#from.call<string>('eth_getCode', [address, 'latest']);
    if (code === '0x') return null;
    const named = this.#from.index.byRuntime(code);
    if (named) return named;
    const implementation = implementationOf(code);
    if (implementation === null || implementation === address) return null;
    return this.#nameAt(implementation);
  }
}

const isLanded = ({ status }: RpcReceipt): boolean => status === '0x1';

/** A trace holds all code that was created, so that many of them are too large for one response. */
const TRACES_AHEAD = 8;

/** Does the work of `count` steps, which are asked for in order and once, up to `most` at a time. */
function ahead<Value>(
  count: number,
  most: number,
  work: (index: number) => Promise<Value>,
): (index: number) => Promise<Value> {
  const begun = new Map<number, Promise<Value>>();
  let next = 0;
  return (index) => {
    for (; next < Math.min(count, index + most); next++) {
      const step = work(next);
      // Its rejection is handled where it is asked for, unless an earlier one has ended everything.
      step.catch(() => undefined);
      begun.set(next, step);
    }
    const asked = begun.get(index) as Promise<Value>;
    begun.delete(index);
    return asked;
  };
}

const argumentsOf = (named: NamedCode | null | undefined): string[] =>
  named?.constructorArguments
    ? constructorTexts(named.contract.abi, named.constructorArguments)
    : [];

const addressOf = (address: string | null): string | null => address && getAddress(address);

function poorest(sources: ReadonlySet<TraceSource>): TraceSource {
  if (sources.has('receipt')) return 'receipt';
  return sources.has('trace_transaction') ? 'trace_transaction' : 'debug_traceTransaction';
}
