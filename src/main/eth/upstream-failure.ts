import { AppError, type Fix } from '../shared/errors.ts';
import { RpcError } from './rpc.ts';

/** Where a fork reads what it has not used yet. */
export interface ForkOrigin {
  /** A chain of Drydock; null: another node. */
  chain: string | null;
  /** Of its address, without anything secret; null: the address can't be read. */
  host: string | null;
}

/** null: of a network that is no fork. */
export type OriginOf = (network: string) => ForkOrigin | null;

/** How nodes that fork, and the gateway in between, say that they could not read from there. */
const FAILED =
  /error sending request for url|Fork Error: ?Transport|\breqwest::Error|HTTP error 5\d\d|What \S+ forks from does not answer/i;

const REASONS: readonly [RegExp, string | ((found: RegExpExecArray) => string)][] = [
  [/forks from does not answer: (.+?)\. /, ([, said = '']) => said],
  [/connection refused|ConnectionRefused/i, 'nothing listens there'],
  [/dns error|failed to lookup|name or service not known/i, 'its name is not known'],
  [/timed out|TimedOut|deadline has elapsed/i, 'no answer in time'],
  [/certificate|\btls\b/i, 'its certificate is not accepted'],
  [/HTTP error (\d+)/i, ([, status = '']) => `HTTP ${status}`],
  [/connection (?:reset|closed)|ConnectionReset|IncompleteMessage/i, 'it ended the connection'],
];

/** A chain that was started again has the state of no block before that. */
const FORGOTTEN = /BlockOutOfRangeError: block height is \d+ but requested was (\d+)/;

/** A chain that went back to an earlier block has none of those after it. */
const MISSING = /Failed to get block for block number: (\d+)(?:[:\s]+latest block number: (\d+))?/;

/** Why a fork could not read from its upstream: it does not respond, or does not have a block any more. */
export type UpstreamFailure =
  | { silent: string }
  /** It has the block, but no state of it. */
  | { forgotten: number }
  | { missing: number; newest: number | null };

/** null: a text tells of something else. */
export function upstreamFailure(text: string): UpstreamFailure | null {
  const forgotten = FORGOTTEN.exec(text)?.[1];
  if (forgotten !== undefined) return { forgotten: Number(forgotten) };
  const [, missing, newest] = MISSING.exec(text) ?? [];
  if (missing !== undefined) {
    return { missing: Number(missing), newest: newest === undefined ? null : Number(newest) };
  }
  if (!FAILED.test(text)) return null;
  for (const [pattern, reason] of REASONS) {
    const found = pattern.exec(text);
    if (found) return { silent: typeof reason === 'string' ? reason : reason(found) };
  }
  return { silent: 'no connection' };
}

/** What to say of it, with the next step; both end without a full stop. */
export interface UpstreamWords {
  problem: string;
  remedy: string;
  fix: Fix;
}

export function upstreamWords(
  fork: string,
  { chain, host }: ForkOrigin,
  failure: UpstreamFailure,
): UpstreamWords {
  const upstream = chain ?? host ?? 'another node';
  if ('forgotten' in failure) {
    return {
      problem: `${upstream}, which ${fork} forks from, has the state of block ${failure.forgotten} no more: it was started again since`,
      remedy: `Start ${fork} afresh, from the newest block there`,
      fix: {
        label: `Start ${fork} afresh`,
        command: `drydock chain restart ${fork} --fresh`,
        call: { procedure: 'chains.restart', input: { chain: fork, fresh: true } },
      },
    };
  }
  if ('missing' in failure) {
    const { missing, newest } = failure;
    const known = newest === null ? '' : `: its newest one is ${newest}`;
    return {
      problem: `${upstream}, which ${fork} forks from, has no block ${missing}${known}`,
      remedy: `Start ${fork} afresh, from the newest block there`,
      fix: {
        label: `Start ${fork} afresh`,
        command: `drydock chain restart ${fork} --fork-block latest`,
        call: { procedure: 'chains.restart', input: { chain: fork, forkBlock: 'latest' } },
      },
    };
  }
  const problem = `${upstream}, which ${fork} forks from, does not answer: ${failure.silent}`;
  if (chain !== null) {
    return {
      problem,
      remedy: `Start ${chain}`,
      fix: {
        label: `Start ${chain}`,
        command: `drydock chain start ${chain}`,
        call: { procedure: 'chains.start', input: { chain } },
      },
    };
  }
  return {
    problem,
    remedy: `Check your connection, or set another address for ${fork}`,
    fix: {
      label: 'Set another address',
      command: `drydock network add ${fork} --kind fork --url -`,
    },
  };
}

/** What a fork could not read there. */
export class UpstreamDown extends AppError {
  constructor(
    code: 'RPC_UNREACHABLE' | 'CHAIN_CALL_FAILED',
    fork: string,
    /** Why, without a full stop. */
    readonly problem: string,
    /** As long as what it needs is still there, without a full stop; null: it is gone for good. */
    readonly way: string | null,
    { remedy, fix }: Pick<UpstreamWords, 'remedy' | 'fix'>,
  ) {
    super(
      code,
      `${fork} needs what it has not read of its upstream yet. ${problem}. ${remedy}, then try again.`,
      { fix },
    );
  }
}

/** That, where the rest is told without it: the node says nothing of it. */
export class NotRead extends RpcError {
  constructor(readonly down: UpstreamDown) {
    const { problem, way } = down;
    const next = way === null ? 'It can not be read any more' : `${way}, then try again`;
    super(`${problem}. ${next}`, false);
  }
}

/** null: a fork has not read it of its upstream. */
export const unlessUnread = <T>(answer: Promise<T>): Promise<T | null> =>
  answer.catch((error: unknown) => {
    if (error instanceof NotRead) return null;
    throw error;
  });

/** An error for what a fork could not read there; null: it says something else. */
export function upstreamDown(
  fork: string,
  origin: ForkOrigin | null,
  said: string,
  code: 'RPC_UNREACHABLE' | 'CHAIN_CALL_FAILED' = 'RPC_UNREACHABLE',
): UpstreamDown | null {
  const failure = origin && upstreamFailure(said);
  if (!origin || !failure) return null;
  const words = upstreamWords(fork, origin, failure);
  const way = 'silent' in failure ? words.remedy : null;
  return new UpstreamDown(code, fork, words.problem, way, words);
}
