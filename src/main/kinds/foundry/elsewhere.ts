/** A run's destination, as its tool knows it. */
export interface Target {
  chainId: number;
  /** null: no longer known. */
  rpcUrl: string | null;
  /** Other chains may have the same id: a development chain, or the chain that it forks. */
  isOwn: boolean;
}

/**
 * Where the tool sent, if not to its target: the host of the RPC, or the chain alone where that
 * isn't known. null: to its target.
 */
export function elsewhere(target: Target, chainId: number, rpcUrl: string | null): string | null {
  const host = rpcUrl === null ? null : hostOf(rpcUrl);
  if (chainId !== target.chainId) return host ?? `chain ${chainId}`;
  // A public chain is the same through every RPC.
  if (!target.isOwn || host === null || target.rpcUrl === null) return null;
  return host === hostOf(target.rpcUrl) ? null : host;
}

/** Host and port without secrets; the names of this machine count as one. */
export function hostOf(url: string): string | null {
  try {
    const { hostname, port, protocol } = new URL(url);
    const isHere = /^(localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0)$/.test(hostname);
    const name = isHere ? '127.0.0.1' : hostname;
    const usual = protocol === 'https:' || protocol === 'wss:' ? '443' : '80';
    return `${name}:${port || usual}`;
  } catch {
    return null;
  }
}
