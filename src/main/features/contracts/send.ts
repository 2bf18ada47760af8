import { setTimeout as sleep } from 'node:timers/promises';
import type { TracedCall } from '../../eth/inside/call-tree.ts';
import { decodeError } from '../../eth/inside/decode-error.ts';
import type { Log } from '../../eth/inside/decode-event.ts';
import { namedEvent } from '../../eth/inside/named-event.ts';
import { ranAtLogs } from '../../eth/inside/passed-on.ts';
import type { ChainEnd } from '../../eth/not-running.ts';
import { RpcError } from '../../eth/rpc.ts';
import type { AddressOf } from '../../shared/address-of.ts';
import type { DecodedError } from '../../shared/decoded.ts';
import { causes } from '../../shared/decoded-text.ts';
import { AppError } from '../../shared/errors.ts';
import { clampedInteger } from '../../shared/safe-integer.ts';
import { type CheckUpgrades, reviewUpgrades } from '../../targets/chain/upgrades.ts';
import type { SendInput, SentCall } from './contract/calls.ts';
import type { OpenContract } from './open-contract.ts';
import { type Tried, tryCall } from './simulate.ts';

/** Chains that mine at intervals let wait for the receipt. */
const RECEIPT_MS = 10_000;
const LOOK_EVERY_MS = 50;

/** Sends on a chain from any address. Resolves to the hash. */
export type SendOnChain = (
  network: string,
  transaction: { from: string; to: string; data: string; value: string; gas?: string },
) => Promise<string>;

export interface SendDependencies {
  /** Address of the running chain of a network; null: it does not run. */
  chainUrl: (network: string) => Promise<string | null>;
  /** How a chain that does not run has ended; null: as it was asked to. */
  endOf: (network: string) => ChainEnd | null;
  sendOnChain: SendOnChain;
  checkUpgrades: CheckUpgrades;
}

interface Receipt {
  status: string;
  blockNumber: string;
  gasUsed: string;
  logs: (Log & { logIndex: string | null })[];
}

/**
 * Tries the call, checks the upgrades in it, sends it, and waits for its receipt, which may still be
 * out at the end. Rejects with UNSUPPORTED for a network that no chain here backs, with CALL_REVERTED
 * when it would fail and isn't forced, and with UNSAFE_UPGRADE and UPGRADE_NOT_CHECKED unless such
 * upgrades are allowed. Once it is sent, RPC_UNREACHABLE tells its hash.
 *
 * @param waitMs for the receipt
 */
export async function send(
  opened: OpenContract,
  input: SendInput,
  addressOf: AddressOf,
  { sendOnChain, checkUpgrades, ...chains }: SendDependencies,
  waitMs = RECEIPT_MS,
): Promise<SentCall> {
  const { from: network } = opened;
  if (!network.isOwn) throw noKeys(network.name);
  const tried = await tryCall(opened, input, addressOf);
  if (tried.error && !input.force) throw wouldFail(opened, tried, tried.error);
  const warnings = await upgradesIn(opened, input, tried, checkUpgrades);
  const { transaction, gas } = tried;
  const { from = '' } = transaction;
  const hash = await sendOnChain(network.name, {
    ...transaction,
    from,
    // What it costs can change until it is mined.
    ...(gas === null ? {} : { gas: `0x${((gas * 12n) / 10n).toString(16)}` }),
  });
  try {
    return { ...(await outcomeOf(opened, tried, { hash, from }, waitMs)), warnings };
  } catch (error) {
    if (!(error instanceof RpcError && error.unreachable)) throw error;
    throw lostSight(network.name, hash, await sinceThen(network.name, chains));
  }
}

/** What has to be known of the upgrades in a call. Rejects where it must not be sent. */
async function upgradesIn(
  { from: network, recorded }: OpenContract,
  input: SendInput,
  { transaction }: Tried,
  checkUpgrades: CheckUpgrades,
): Promise<string[]> {
  const { from = null, to, value, data } = transaction;
  const { refused, warnings } = await reviewUpgrades(
    checkUpgrades,
    {
      ...{ network, project: recorded?.deployment.project ?? null, deployment: null },
      allowed: input.allowUnsafeUpgrade,
      planned: [{ from, to, value, input: data, creates: [] }],
    },
    {
      verb: 'send',
      fix: {
        label: 'Upgrade all the same',
        call: { procedure: 'contracts.send', input: { ...input, allowUnsafeUpgrade: true } },
      },
    },
  );
  if (!refused) return warnings;
  const { code, message, fix } = refused;
  throw new AppError(code as 'UNSAFE_UPGRADE' | 'UPGRADE_NOT_CHECKED', message, { fix });
}

async function outcomeOf(
  opened: OpenContract,
  { transaction, signature, error: expected }: Tried,
  { hash, from }: { hash: string; from: string },
  waitMs: number,
): Promise<Omit<SentCall, 'warnings'>> {
  const receipt = await receiptOf(opened, hash, waitMs);
  const isReverted = receipt !== null && BigInt(receipt.status) === 0n;
  const [events, error] = await Promise.all([
    Promise.all(
      (receipt?.logs ?? []).map((log, i, all) =>
        namedEvent(log, opened.names, ranAtLogs(null, all)[i]),
      ),
    ),
    isReverted ? failureOf(opened, hash, expected) : null,
  ]);
  return {
    ...{ network: opened.from.name, hash, from, to: opened.address, function: signature },
    status: receipt === null ? 'pending' : isReverted ? 'reverted' : 'success',
    value: BigInt(transaction.value).toString(),
    gasUsed: receipt && BigInt(receipt.gasUsed).toString(),
    blockNumber: receipt && clampedInteger(receipt.blockNumber),
    ...{ events, error },
  };
}

/** A chain may be started anew meanwhile; rejects when it doesn't respond at the end either. */
async function receiptOf(
  { from }: OpenContract,
  hash: string,
  waitMs: number,
): Promise<Receipt | null> {
  const until = performance.now() + waitMs;
  for (;;) {
    const isLast = performance.now() >= until;
    const receipt = await from
      .call<Receipt | null>('eth_getTransactionReceipt', [hash])
      .catch((error: unknown) => {
        if (isLast) throw error;
        return null;
      });
    if (receipt || isLast) return receipt;
    await sleep(LOOK_EVERY_MS);
  }
}

async function failureOf(
  { from, abi, names }: OpenContract,
  hash: string,
  expected: DecodedError | null,
): Promise<DecodedError> {
  const trace = await from
    .call<TracedCall | null>('debug_traceTransaction', [hash, { tracer: 'callTracer' }])
    .catch(() => null);
  if (!trace?.type) return expected ?? decodeError('0x');
  return decodeError(trace.output ?? '0x', abi, names, trace.error ?? null);
}

const noKeys = (network: string): AppError =>
  new AppError(
    'UNSUPPORTED',
    `Nothing is sent to ${network}: no key of a remote network is held here. Try the call with "drydock contract simulate", or send it on a fork of ${network}.`,
    { field: 'network' },
  );

/** What became of a chain that does not respond, as a whole text, and what to do. */
async function sinceThen(
  network: string,
  { chainUrl, endOf }: Pick<SendDependencies, 'chainUrl' | 'endOf'>,
): Promise<{ problem: string; next: string }> {
  if ((await chainUrl(network)) !== null) {
    return { problem: 'It does not respond since.', next: `Start or test ${network}` };
  }
  const end = endOf(network);
  return {
    problem: end ? `It is not running since: ${end.problem}` : 'It was stopped since.',
    next: `Start ${end?.start ?? network}`,
  };
}

const lostSight = (
  network: string,
  hash: string,
  { problem, next }: { problem: string; next: string },
): AppError =>
  new AppError(
    'RPC_UNREACHABLE',
    `${network} took the transaction ${hash}; whether it was mined is not known. ${problem} ${next}, and look at the transaction before you send it again.`,
    {
      fix: {
        label: 'Look at the transaction',
        command: `drydock tx show ${hash} --network ${network}`,
      },
    },
  );

const wouldFail = ({ called }: OpenContract, { signature }: Tried, error: DecodedError): AppError =>
  new AppError(
    'CALL_REVERTED',
    `${called}.${signature} would fail: ${causes(error)}. Nothing was sent; --force ("force": true) sends it all the same.`,
  );
