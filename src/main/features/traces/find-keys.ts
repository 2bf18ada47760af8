import type { PreState, RecordedTransaction } from '../../eth/inside/recorded-transaction.ts';
import { replayCall } from '../../eth/inside/replay.ts';
import { KEYS_TRACER, type TracedKeys, tracedKeys } from '../../eth/inside/storage-keys.ts';
import { RpcError, rpc } from '../../eth/rpc.ts';

/** Following each instruction of more would keep the chain from others for a minute. */
const MOST_GAS = 10_000_000n;
/** One that takes longer is not followed. */
const TIMEOUT_MS = 20_000;
/** Once so much time has gone by no other one is begun. */
const ENOUGH_MS = 3000;

export interface FindKeysDependencies {
  /** Address of a chain that runs; null: it doesn't. */
  chainUrl: (chain: string) => Promise<string | null>;
  /** Whether a deployment goes to the chain. */
  isUsed: (chain: string) => boolean;
  preimages: {
    keep: (chain: string, traced: TracedKeys, state: PreState) => void;
    /** Transactions whose keys were not found when they were recorded, the newest first. */
    postponed: (
      chain: string,
      address: string,
    ) => readonly { hash: string; block: string; refused: boolean }[];
    found: (chain: string, hash: string) => void;
    refuse: (chain: string, hash: string) => void;
  };
}

type RecordedOf = (chain: string, hash: string, block: string) => RecordedTransaction | null;

/** Transactions whose keys are still not known. */
export interface MissingKeys {
  /** They are found when they are asked for again. */
  waiting: number;
  /** They ran too long, or nothing is recorded of them any more. */
  refused: number;
}

/**
 * Finds the keys of mappings of a contract that transactions have hashed which took too long to be
 * followed when they were recorded: runs these again as they were recorded. Never beside a deployment.
 */
export async function findKeys(
  { chainUrl, isUsed, preimages }: FindKeysDependencies,
  recordedOf: RecordedOf,
  { chain, address }: { chain: string; address: string },
): Promise<MissingKeys> {
  const url = preimages.postponed(chain, address).length === 0 ? null : await chainUrl(chain);
  const call = url === null ? null : rpc(url, TIMEOUT_MS);
  const began = performance.now();
  for (const { hash, block, refused } of preimages.postponed(chain, address)) {
    if (!call || isUsed(chain) || performance.now() - began > ENOUGH_MS) break;
    if (refused) continue;
    const {
      transaction,
      receipt,
      trace,
      preState,
      block: head,
    } = recordedOf(chain, hash, block) ?? {};
    if (!transaction || !head || !trace || !preState || BigInt(receipt?.gasUsed ?? 0) > MOST_GAS) {
      preimages.refuse(chain, hash);
      continue;
    }
    try {
      const replay = replayCall({ transaction, block: head, trace, preState }, KEYS_TRACER);
      const traced = tracedKeys.parse(await call('debug_traceCall', replay));
      preimages.keep(chain, traced, preState);
      preimages.found(chain, hash);
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      preimages.refuse(chain, hash);
    }
  }
  const left = preimages.postponed(chain, address);
  const refused = left.filter((one) => one.refused).length;
  return { waiting: left.length - refused, refused };
}
