import type { WalletSetup } from '#main/features/gateway/contract.ts';

/** https://eips.ethereum.org/EIPS/eip-1193 */
export interface BrowserWallet {
  request(call: { method: string; params: readonly unknown[] }): Promise<unknown>;
}

export const isWallet = (value: unknown): value is BrowserWallet =>
  typeof value === 'object' &&
  value !== null &&
  'request' in value &&
  typeof value.request === 'function';

/** The wallet that has put itself into this page; null: none has. */
export function browserWallet(): BrowserWallet | null {
  const { ethereum } = window as { ethereum?: unknown };
  return isWallet(ethereum) ? ethereum : null;
}

/** Why there is no wallet in this page. */
export const withoutWallet = (): string =>
  /^https?:$/.test(location.protocol)
    ? 'This browser has no wallet for this page. Copy what stands above into a wallet elsewhere.'
    : 'Wallets live in browsers, and this is a window of its own. Copy what stands above into the wallet; where Drydock is open in its browser ("drydock host --open"), a button adds it.';

const REJECTED = 4001;

/** Asks for the network to be added. Rejects with what is to be told of a refusal. */
export async function addNetwork(
  wallet: BrowserWallet,
  network: WalletSetup['addChain'],
): Promise<void> {
  try {
    await wallet.request({ method: 'wallet_addEthereumChain', params: [network] });
  } catch (thrown) {
    throw new Error(refusal(thrown));
  }
}

function refusal(thrown: unknown): string {
  const { code, message } = (thrown ?? {}) as { code?: unknown; message?: unknown };
  if (code === REJECTED) return 'It was declined in the wallet.';
  const reason = typeof message === 'string' ? message : String(thrown);
  return `The wallet refused: ${reason} Enter what stands above by hand.`;
}
