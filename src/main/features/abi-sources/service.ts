import type { Seal } from '../../lib/secrets/seal.ts';
import type { Change } from '../app/contract.ts';
import type { Settings } from '../settings/contract.ts';
import type { AbiSource, EtherscanKey } from './contract.ts';
import { fromEtherscan } from './etherscan.ts';
import { fromSourcify } from './sourcify.ts';
import type { AbiSourcesStore } from './store.ts';
import type { VerifiedAbi } from './verified-abi.ts';

export interface AbiSourcesDependencies {
  store: AbiSourcesStore;
  seal: Seal;
  settings: () => Pick<Settings, 'sourcifyUrl' | 'etherscanUrl'>;
  mask: (text: string) => string;
  changed: (change: Change) => void;
}

const KEY = 'Etherscan key';

/** Asks where contracts are verified; never by itself. */
export function abiSourcesService(deps: AbiSourcesDependencies) {
  const { store, seal, settings, mask, changed } = deps;
  /** null: there is none; its `key` is null when it can't be opened. */
  function opened(): { key: string | null } | null {
    const sealed = store.get();
    if (sealed === null) return null;
    try {
      return { key: seal.open(sealed) };
    } catch {
      return { key: null };
    }
  }

  function state(): EtherscanKey {
    const found = opened();
    return { state: found === null ? 'none' : found.key === null ? 'unreadable' : 'set' };
  }

  return {
    etherscanKey: state,

    setEtherscanKey(key: string | null): EtherscanKey {
      if (key === null) store.remove();
      else store.put(seal.seal(key));
      changed({ topic: 'settings' });
      return state();
    },

    /** null: it isn't verified there. Rejects with SOURCE_UNREACHABLE, SECRETS_UNREADABLE. */
    async find(source: AbiSource, chainId: number, address: string): Promise<VerifiedAbi | null> {
      const { sourcifyUrl, etherscanUrl } = settings();
      const asked = { chainId, address, mask };
      if (source === 'sourcify') return fromSourcify(sourcifyUrl, asked);
      const sealed = store.get();
      return fromEtherscan(etherscanUrl, sealed === null ? null : seal.open(sealed), asked);
    },

    secrets(): string[] {
      const key = opened()?.key;
      return key ? [key] : [];
    },
    /** What can't be opened, by name. */
    unreadable: (): string[] => (state().state === 'unreadable' ? [KEY] : []),
    /** Puts what `moved` returns in the place of what was sealed. Returns how many. */
    moveSecrets(moved: (sealed: string) => string | null): number {
      const sealed = store.get();
      const anew = sealed === null ? null : moved(sealed);
      if (anew === null) return 0;
      store.put(anew);
      return 1;
    },
  };
}

export type AbiSourcesService = ReturnType<typeof abiSourcesService>;
