import { useSyncExternalStore } from 'react';
import { type BrowserWallet, isWallet } from './browser-wallet.ts';

/** A wallet that has announced itself to this page: https://eips.ethereum.org/EIPS/eip-6963 */
export interface AnnouncedWallet {
  uuid: string;
  name: string;
  wallet: BrowserWallet;
}

/** What a wallet says of itself is shown on a button. */
const LONGEST_NAME = 40;
const MOST_WALLETS = 20;

let announced: readonly AnnouncedWallet[] = [];

/** The wallets of this browser, as they announce themselves, in that order. */
export const useAnnouncedWallets = (): readonly AnnouncedWallet[] =>
  useSyncExternalStore(follow, () => announced);

function follow(changed: () => void): () => void {
  const listen = ({ detail }: CustomEventInit<unknown>) => {
    const one = announcedIn(detail);
    if (!one || announced.length >= MOST_WALLETS) return;
    if (announced.some(({ uuid }) => uuid === one.uuid)) return;
    announced = [...announced, one];
    changed();
  };
  const listener = listen as EventListener;
  window.addEventListener('eip6963:announceProvider', listener);
  window.dispatchEvent(new Event('eip6963:requestProvider'));
  return () => window.removeEventListener('eip6963:announceProvider', listener);
}

/** null: it is not what the EIP describes. */
function announcedIn(detail: unknown): AnnouncedWallet | null {
  const { info, provider } = (detail ?? {}) as { info?: unknown; provider?: unknown };
  const { uuid, name } = (info ?? {}) as { uuid?: unknown; name?: unknown };
  if (typeof uuid !== 'string' || typeof name !== 'string' || !isWallet(provider)) return null;
  return { uuid, name: name.trim().slice(0, LONGEST_NAME) || 'A wallet', wallet: provider };
}
