import type { RpcError } from './rpc.ts';

/** What an RPC said instead of responding, and what to do about it; the latter completes the error. */
export interface UpstreamProblem {
  reason: string;
  remedy: string;
}

/**
 * @param network the name under which its address and headers are kept
 * @param mayHaveHeaders whether headers can be kept with it
 */
export function upstreamProblem(
  { message, status }: Pick<RpcError, 'message' | 'status'>,
  network: string,
  mayHaveHeaders: boolean,
): UpstreamProblem {
  const isTold = status === null || message === `HTTP ${status}`;
  const reason = isTold ? message : `HTTP ${status}, ${message}`;
  if (status === 401 || status === 403) {
    const header = mayHaveHeaders
      ? `, or set the request header that it needs: drydock network header ${network} authorization -`
      : '';
    return { reason, remedy: `Check the key in its address${header}` };
  }
  if (status === 429) {
    return {
      reason,
      remedy: 'It takes no more requests for now: wait, or use a key that may send more',
    };
  }
  if (/TLS/.test(message)) {
    const ca = 'NODE_EXTRA_CA_CERTS names a file with authorities of your own';
    return { reason, remedy: `Check its address and this machine's clock; ${ca}` };
  }
  return { reason, remedy: 'Check your connection and the address' };
}
