import { probeRpc } from '../../../eth/probe-rpc.ts';
import type { RpcError } from '../../../eth/rpc.ts';
import { type OriginOf, upstreamWords } from '../../../eth/upstream-failure.ts';
import { upstreamProblem } from '../../../eth/upstream-problem.ts';
import type { RequestHeaders } from '../../../lib/secrets/secret-headers.ts';
import { maskUrl } from '../../../lib/secrets/secret-url.ts';
import { AppError } from '../../../shared/errors.ts';
import type { ChainNetwork } from '../context.ts';
import type { ChainRow } from '../store.ts';

/** What a fork starts from, asked just now. */
export interface Upstream {
  url: string;
  /** Sent with each request. */
  headers: RequestHeaders;
  chainId: number;
  /** The number of its newest block. */
  newest: number;
}

/** Throws RPC_UNREACHABLE, CHAIN_ID_MISMATCH. */
export async function checkUpstream(network: ChainNetwork, originOf: OriginOf): Promise<Upstream> {
  const { name, url, headers } = network;
  if (!url) {
    throw new AppError(
      'RPC_UNREACHABLE',
      `The address that ${name} forks from can't be read. ${network.urlProblem ?? 'Enter it again.'}`,
      {
        fix: {
          label: 'Set the address',
          command: `drydock network add ${name} --kind fork --url -`,
        },
      },
    );
  }
  if (network.headersProblem !== undefined) {
    throw new AppError(
      'RPC_UNREACHABLE',
      `The headers for what ${name} forks from can't be read. ${network.headersProblem}`,
      { fix: { label: 'List them', command: `drydock network header ${name}` } },
    );
  }
  const probe = await probeRpc(url, headers).catch((error: RpcError) => {
    const { reason, remedy } = upstreamProblem(error, name, true);
    const origin = originOf(name);
    if (origin && origin.chain !== null) {
      const own = upstreamWords(name, origin, { silent: reason });
      throw new AppError(
        'RPC_UNREACHABLE',
        `${own.problem}. ${own.remedy}, then start ${name} again.`,
        { fix: own.fix },
      );
    }
    throw new AppError(
      'RPC_UNREACHABLE',
      `${maskUrl(url)}, where ${name} forks from, does not answer: ${reason}. ${remedy}, or set another address for ${name}.`,
      {
        fix: {
          label: 'Set another address',
          command: `drydock network add ${name} --kind fork --url -`,
        },
      },
    );
  });
  if (network.chainId !== null && probe.chainId !== network.chainId) {
    throw new AppError(
      'CHAIN_ID_MISMATCH',
      `${maskUrl(url)} is chain ${probe.chainId}, but ${name} expects ${network.chainId}. Correct the address or the chain id of ${name}.`,
      { fix: { label: 'Test the network', command: `drydock network test ${name}` } },
    );
  }
  return { url, headers, chainId: probe.chainId, newest: probe.blockNumber };
}

/** A saved or restored state only makes sense on top of the block that it was made on. */
export function chooseForkBlock(
  network: ChainNetwork,
  row: ChainRow,
  asked: number | undefined,
  fresh: boolean,
): number | null {
  if (asked !== undefined) return asked;
  if (!fresh && row.startedAt !== null) return row.forkBlock;
  return network.forkBlock;
}
