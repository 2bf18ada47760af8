import { setTimeout as sleep } from 'node:timers/promises';
import { getAddress, type Hex } from 'viem';
import { CodeIndex } from '../../eth/code-index.ts';
import { constructorTexts } from '../../eth/inside/call-text.ts';
import { RpcError } from '../../eth/rpc.ts';
import { asSentence } from '../../shared/as-sentence.ts';
import { AppError } from '../../shared/errors.ts';
import type { ContractsResult, Transaction } from '../../shared/result.ts';
import type { Failure } from '../../shared/run.ts';
import { safeInteger } from '../../shared/safe-integer.ts';
import type { ChainTarget } from '../../targets/chain/chain-target.ts';
import { forkFailure } from '../../targets/chain/fork-failure.ts';
import type { RunContext, RunEnd } from '../kind.ts';
import {
  type ContractBuilds,
  type ContractRequest,
  type Creation,
  creationsFor,
} from './creation-plan.ts';
import { GivenLibraries } from './given-libraries.ts';
import { plannedCallOf, type Rehearsed, rehearse, transactionOf } from './rehearse.ts';
import { RunFailed } from './run-failed.ts';

/** Of the kind's phases, those in which it is tried, sent and recorded. */
export interface ContractPhases {
  try: string;
  send: string;
  record: string;
}

type Context = Pick<
  RunContext<unknown, ChainTarget>,
  | 'target'
  | 'signal'
  | 'phase'
  | 'note'
  | 'warn'
  | 'publish'
  | 'record'
  | 'stopped'
  | 'whileWatched'
  | 'currentPhase'
>;

const LOOK_EVERY_MS = 25;

/**
 * Creates a contract that is compiled, with the libraries that it needs: all of it is tried first,
 * and what is about to be sent is noted before the network hears of it, with sender and nonce. A core
 * that is killed now can be told what has become of it.
 */
export async function deployContract(
  context: Context,
  request: ContractRequest,
  builds: ContractBuilds,
  phases: ContractPhases,
): Promise<RunEnd> {
  return new ContractDeploy(context, request, builds, phases).toItsEnd();
}

class ContractDeploy {
  readonly #context: Context;
  readonly #request: ContractRequest;
  readonly #builds: ContractBuilds;
  readonly #phases: ContractPhases;
  #planned: Transaction[] = [];

  constructor(
    context: Context,
    request: ContractRequest,
    builds: ContractBuilds,
    phases: ContractPhases,
  ) {
    this.#context = context;
    this.#request = request;
    this.#builds = builds;
    this.#phases = phases;
  }

  async toItsEnd(): Promise<RunEnd> {
    const { stopped, whileWatched } = this.#context;
    let failure: Failure | null = null;
    try {
      await whileWatched((signal) => this.#tryAndSend(signal));
    } catch (error) {
      failure = stopped() ? null : this.#failureOf(error);
    }
    const recorded = await this.#record();
    return stopped() ?? ended(failure ?? recorded);
  }

  async #tryAndSend(signal: AbortSignal): Promise<void> {
    const { phase, target } = this.#context;
    phase(this.#phases.try);
    const sender = senderOf(target);
    const count = await target.call<string>('eth_getTransactionCount', [sender, 'pending']);
    await this.#mustHaveLibraries();
    const first = Number(count);
    const creations = await creationsFor(this.#request, this.#builds, { sender, first });
    const rehearsed = await rehearse(creations, sender, target, this.#builds);
    await this.#mustUpgradeSafely(creations, sender);
    signal.throwIfAborted();
    phase(this.#phases.send);
    this.#planned = creations.map((one, index) => plannedOf(one, index, sender, target.chainId));
    this.#publish();
    for (const [index, creation] of creations.entries()) {
      signal.throwIfAborted();
      await this.#send(index, creation, rehearsed[index] as Rehearsed, signal);
    }
  }

  /** A constructor may upgrade what stands there already. */
  async #mustUpgradeSafely(creations: readonly Creation[], sender: string): Promise<void> {
    const { target, note, warn } = this.#context;
    if (!target.mayHoldProxies) return;
    const { refused, warnings, notes } = await target.review({
      result: this.#result([]),
      calls: creations.map((one) => plannedCallOf(one, sender)),
    });
    for (const line of notes) note(line);
    if (refused) throw new RunFailed(refused);
    for (const warning of warnings) warn(warning);
  }

  /** Libraries that are said to be there. */
  async #mustHaveLibraries(): Promise<void> {
    const { call, network } = this.#context.target;
    for (const address of new GivenLibraries(this.#request.libraries ?? []).addresses) {
      if ((await call<string>('eth_getCode', [address, 'latest'])) !== '0x') continue;
      throw new RunFailed({
        code: 'NO_CODE',
        message: `There is no library at ${address} on ${network.name}. Correct its address, or leave it out, and it is deployed first.`,
      });
    }
  }

  async #send(
    index: number,
    creation: Creation,
    { gas }: Rehearsed,
    signal: AbortSignal,
  ): Promise<void> {
    const { target, note } = this.#context;
    const { nonce, contract, address } = creation;
    const from = (this.#planned[index] as Transaction).from;
    const hash = await target
      .call<string>('eth_sendTransaction', [
        { ...transactionOf(creation, from), nonce: hex(nonce), gas: hex(gas) },
      ])
      .catch((error: unknown) => {
        const mayBeSent = error instanceof RpcError && error.mayBeDone;
        throw mayBeSent ? new RunFailed(noReply(target.network.name, contract.name, from)) : error;
      });
    this.#know(index, { hash, status: 'pending' });
    note(`${contract.name} at ${address}: transaction ${hash}`);
    const receipt = await receiptOf(target, hash, signal);
    const isGood = BigInt(receipt.status) === 1n;
    this.#know(index, {
      status: isGood ? 'success' : 'reverted',
      blockNumber: safeInteger(receipt.blockNumber),
      gasUsed: BigInt(receipt.gasUsed).toString(),
    });
    // What follows would be linked to a library that isn't there; the record says what happened.
    if (!isGood) throw new Reverted();
  }

  #know(index: number, known: Partial<Transaction>): void {
    this.#planned[index] = { ...(this.#planned[index] as Transaction), ...known };
    this.#publish();
  }

  #publish(): void {
    this.#context.publish(this.#result(this.#planned));
  }

  #result(transactions: readonly Transaction[]): ContractsResult {
    const { chainId, sender } = this.#context.target;
    return {
      ...{ family: 'contracts', chainId, sender, source: null },
      ...{ transactions: [...transactions], contracts: [] },
    };
  }

  /** What the chain has of it; null: all that was planned, or nothing was. */
  async #record(): Promise<Failure | null> {
    const { phase, record } = this.#context;
    if (this.#planned.length === 0) return null;
    if (this.#planned.every(({ status }) => status === 'success')) phase(this.#phases.record);
    return record(await this.#read());
  }

  /** With the names that are known from what was sent; other contracts can have the same code. */
  async #read(): Promise<ContractsResult> {
    const { target, note } = this.#context;
    const hashes = this.#planned.flatMap(({ hash }) => hash ?? []);
    if (hashes.length === 0) return this.#result(this.#planned);
    const index = new CodeIndex(await this.#builds.all());
    const read = await target.read(hashes, { index, note }).catch(() => null);
    if (!read) return this.#result(this.#planned);
    const known = new Map(read.transactions.map((one) => [one.hash, one]));
    const names = new Map(this.#planned.map((one) => [one.address, one.contractName]));
    return {
      ...read,
      transactions: this.#planned.map((one) => ({
        ...(known.get(one.hash) ?? one),
        ...{ index: one.index, contractName: one.contractName, arguments: one.arguments },
      })),
      contracts: read.contracts.map((one) => ({
        ...one,
        name: names.get(one.address) ?? one.name,
      })),
    };
  }

  #failureOf(error: unknown): Failure | null {
    const { network } = this.#context.target;
    if (error instanceof Reverted) return null;
    if (error instanceof RunFailed) return error.failure;
    if (!(error instanceof RpcError)) {
      if (!(error instanceof AppError)) throw error;
      return { code: error.code, message: error.message, fix: error.data.fix };
    }
    const nothing = this.#planned.length === 0;
    const lacking = error.unreachable ? null : forkFailure(network, error.message);
    if (lacking) return lacking;
    if (error.unreachable) {
      return {
        code: 'RPC_UNREACHABLE',
        message: nothing
          ? `${network.name} does not answer: ${asSentence(error.message)} Nothing was sent. Check it, then deploy again.`
          : `${network.name} stopped answering in the middle of the run: ${asSentence(error.message)} What had been sent is recorded, so look at it before you deploy again.`,
      };
    }
    return {
      code: nothing ? 'RPC_REFUSED' : 'NOT_SENT',
      message: nothing
        ? `${network.name} refused to be asked: ${asSentence(error.message)} Nothing was sent.`
        : `${network.name} did not take the transaction: ${asSentence(error.message)} ${network.kind === 'remote' ? 'Its node signs only for accounts of its own: choose one of them as sender, or deploy with a script that signs.' : 'Look at the chain, then deploy again.'}`,
    };
  }
}

const noReply = (network: string, contract: string, from: string): Failure => ({
  code: 'RPC_UNREACHABLE',
  message: `${network} has not responded since it was given ${contract}: it may have been sent. Look at what ${from} has sent before you deploy again.`,
  fix: {
    label: `What ${from} has sent`,
    command: `drydock address transactions ${from} --network ${network}`,
  },
});

/** It is on the chain, and was reverted there. */
class Reverted extends Error {}

const ended = (failure: Failure | null): RunEnd =>
  failure ? { status: 'failed', failure } : { status: 'succeeded' };

function senderOf({ sender, unlocked, network }: ChainTarget): Hex {
  if (sender !== null && unlocked) return getAddress(sender);
  throw new RunFailed({
    code: 'NO_SIGNER',
    message: `Nothing can sign on ${network.name}: no key of a remote network is held here. Name an account that its node signs for as the sender, deploy with a script that signs, or deploy to a fork of ${network.name}.`,
  });
}

const plannedOf = (
  { contract, address, nonce, value, encodedArguments }: Creation,
  index: number,
  from: string,
  chainId: number,
): Transaction => ({
  ...{ index, kind: 'create', contractName: contract.name, address, function: null },
  arguments: constructorTexts(contract.abi, encodedArguments),
  ...{ from, nonce, value: value.toString(), hash: null, blockNumber: null },
  ...{ gasUsed: null, gasPrice: null, status: 'queued', verified: false },
  ...{ chainId, elsewhere: null },
});

interface Receipt {
  status: string;
  blockNumber: string;
  gasUsed: string;
}

/** Waits for it, as long as the run may. */
async function receiptOf(
  { call }: ChainTarget,
  hash: string,
  signal: AbortSignal,
): Promise<Receipt> {
  for (;;) {
    signal.throwIfAborted();
    const receipt = await call<Receipt | null>('eth_getTransactionReceipt', [hash]);
    if (receipt) return receipt;
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}

const hex = (value: number | bigint): string => `0x${value.toString(16)}`;
