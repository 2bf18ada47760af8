import type { HostAddress } from '../../engines/engine.ts';
import { rpc } from '../../eth/rpc.ts';
import type { Recording, RecordOptions } from './chain-target.ts';
import { pendingTransaction, recordedResult } from './recorded-result.ts';
import { recordingProxy } from './recording-proxy.ts';

/** The network of a run, once reached. */
export interface RecordedNetwork {
  url: string;
  chainId: number;
  sender: string | null;
  isOwn: boolean;
}

/**
 * See `ChainTarget.record`.
 *
 * @param host how this process is reached by what sends
 */
export async function recordOn(
  { url, chainId, sender, isOwn }: RecordedNetwork,
  host: HostAddress,
  { onSent, rewrites }: RecordOptions,
): Promise<Recording> {
  const call = rpc(url, undefined, { batch: isOwn });
  const hashes: string[] = [];
  const proxy = await recordingProxy({
    upstream: url,
    host,
    sender,
    rewrites,
    async onSent(hash, asked) {
      const index = hashes.push(hash) - 1;
      onSent(await pendingTransaction({ hash, index, asked }, { call, chainId, sender }));
    },
  });
  return {
    rpcUrl: proxy.url,
    hashes,
    async result(index) {
      return (await recordedResult(hashes, { call, chainId, sender, index })).result;
    },
    [Symbol.asyncDispose]: () => proxy[Symbol.asyncDispose](),
  };
}
