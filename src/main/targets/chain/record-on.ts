import type { HostAddress } from '../../engines/engine.ts';
import { rpc } from '../../eth/rpc.ts';
import type { ContractsResult } from '../../shared/result.ts';
import type { ReadingOptions, Recording, RecordOptions } from './chain-target.ts';
import { pendingTransaction, recordedResult } from './recorded-result.ts';
import { recordingProxy } from './recording-proxy.ts';
import { type ReplayOptions, replay } from './replay.ts';

/** The network of a run, once reached. */
export interface RecordedNetwork {
  url: string;
  chainId: number;
  sender: string | null;
  isOwn: boolean;
}

/** What replaying takes beside the network itself. */
export type ReplayPlace = Omit<ReplayOptions, 'url' | 'chainId' | 'note'>;

/**
 * See `ChainTarget.read`.
 *
 * @param replayPlace null: never replayed
 */
export const readFrom = (
  { url, chainId, sender, isOwn }: RecordedNetwork,
  replayPlace: ReplayPlace | null,
  hashes: readonly string[],
  { index, note }: ReadingOptions,
): Promise<ContractsResult> =>
  recordedResult(hashes, {
    ...{ call: rpc(url, undefined, { batch: isOwn }), chainId, sender, index, isOwn },
    ...(replayPlace && {
      replay: (landed) => replay(landed, { ...replayPlace, url, chainId, note }),
    }),
  });

/**
 * See `ChainTarget.record`.
 *
 * @param host how this process is reached by what sends
 * @param replayPlace null: never replayed
 */
export async function recordOn(
  network: RecordedNetwork,
  host: HostAddress,
  replayPlace: ReplayPlace | null,
  { onSent, note, rewrites, own }: RecordOptions,
): Promise<Recording> {
  const { url, chainId, sender, isOwn } = network;
  const call = rpc(url, undefined, { batch: isOwn });
  const hashes: string[] = [];
  const proxy = await recordingProxy({
    upstream: url,
    host,
    sender,
    rewrites,
    own,
    async onSent(hash, asked) {
      const index = hashes.push(hash) - 1;
      onSent(await pendingTransaction({ hash, index, asked }, { call, chainId, sender }));
    },
  });
  return {
    rpcUrl: proxy.url,
    hashes,
    result: (index) => readFrom(network, replayPlace, hashes, { index, note }),
    [Symbol.asyncDispose]: () => proxy[Symbol.asyncDispose](),
  };
}
