import type { HostAddress } from '../../engines/engine.ts';
import type { Sign } from '../../eth/account-signer.ts';
import { rpc } from '../../eth/rpc.ts';
import type { ContractsResult } from '../../shared/result.ts';
import type { ReadingOptions, Recording, RecordOptions } from './chain-target.ts';
import { pendingTransaction, recordedResult } from './recorded-result.ts';
import { recordingProxy } from './recording-proxy.ts';
import { type ReplayOptions, replay } from './replay.ts';
import { UpgradeGate, type UpgradeGateOptions } from './upgrade-gate.ts';

/** The network of a run, once reached. */
export interface RecordedNetwork {
  url: string;
  chainId: number;
  sender: string | null;
  isOwn: boolean;
  /** Its development accounts, in the order of their index; none: of a node elsewhere. */
  accounts: readonly string[];
  /** Methods that are replied to by this instead of the node. */
  signs: Readonly<Record<string, Sign>>;
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
 * @param upgrades how they are looked at before they are sent
 */
export async function recordOn(
  network: RecordedNetwork,
  host: HostAddress,
  replayPlace: ReplayPlace | null,
  { onSent, note, rewrites, own, warn }: RecordOptions,
  upgrades: Pick<UpgradeGateOptions, 'review' | 'reviewsAll'>,
): Promise<Recording> {
  const { url, chainId, sender, isOwn, accounts, signs } = network;
  const call = rpc(url, undefined, { batch: isOwn });
  const hashes: string[] = [];
  const gate = new UpgradeGate({ ...upgrades, note, warn });
  const proxy = await recordingProxy({
    upstream: url,
    host,
    accounts: sender === null ? accounts : [sender, ...accounts],
    rewrites,
    own: { ...signs, ...own },
    beforeSend: (asked) => gate.pass(asked),
    async onSent(hash, asked) {
      const index = hashes.push(hash) - 1;
      onSent(await pendingTransaction({ hash, index, asked }, { call, chainId, sender }));
    },
  });
  return {
    rpcUrl: proxy.url,
    hashes,
    get refused() {
      return gate.refused;
    },
    result: (index) => readFrom(network, replayPlace, hashes, { index, note }),
    [Symbol.asyncDispose]: () => proxy[Symbol.asyncDispose](),
  };
}
