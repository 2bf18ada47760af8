import type { Logger } from 'pino';
import type { DeploymentDetail } from '../deployments/contract.ts';
import { codesAt, reachChain } from './chain-code.ts';
import type { CodeFacts } from './contract.ts';
import type { HistoryStore } from './store.ts';

/** Older runs are not asked about by themselves: much may have happened on their chain since. */
const RECENT_MS = 10 * 60_000;

export interface RecorderParts {
  store: HistoryStore;
  logger: Logger;
  detail: (id: number) => DeploymentDetail;
  /** Address of a network's RPC; null when it has none now, undefined for an unknown network. */
  rpcUrl: (network: string) => Promise<string | null | undefined>;
}

/**
 * Records the code that a run left on its chain, soon after its end: once it is reverted, nobody
 * can say any more what it was. Never rejects; what could not be recorded is missing, and said so.
 */
export function codeRecorder(parts: RecorderParts): (id: number) => Promise<void> {
  return async (id) => {
    try {
      const item = parts.store.get(id);
      if (!item?.live || item.endedAt === null || Date.now() - item.endedAt > RECENT_MS) return;
      const detail = parts.detail(id);
      const known = parts.store.codes(id);
      const addresses = detail.contracts
        .map((contract) => contract.address)
        .filter((address) => !known.has(address.toLowerCase()));
      if (addresses.length === 0) return;
      const url = await parts.rpcUrl(detail.network);
      const reached = await reachChain(detail.network, url, detail.chainId);
      if ('problem' in reached) return;
      const codes = await codesAt(reached.call, addresses);
      const found = new Map<string, CodeFacts>();
      for (const [address, facts] of codes) if (facts) found.set(address, facts);
      // Reverted while it was asked: what was answered may be another's.
      if (parts.store.get(id)?.live) parts.store.putCodes(id, found);
    } catch (error) {
      parts.logger.debug({ deployment: id, err: error }, 'the code of a run was not recorded');
    }
  };
}
