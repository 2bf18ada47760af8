import type { Seal } from '../../lib/secrets/seal.ts';
import type { Change } from '../app/contract.ts';
import type { Settings } from '../settings/contract.ts';
import type { AbiSource, EtherscanKey, Submitted, Verdict } from './contract.ts';
import { fromEtherscan } from './etherscan.ts';
import { fromSourcify } from './sourcify.ts';
import type { AbiSourcesStore } from './store.ts';
import { askEtherscan, submitToEtherscan } from './submit-to-etherscan.ts';
import { askSourcify, submitToSourcify } from './submit-to-sourcify.ts';
import type { Service, VerifiedAbi } from './verified-abi.ts';

export interface AbiSourcesDependencies {
  store: AbiSourcesStore;
  seal: Seal;
  settings: () => Pick<Settings, 'sourcifyUrl' | 'etherscanUrl'>;
  mask: (text: string) => string;
  changed: (change: Change) => void;
}

const KEY = 'Etherscan key';

const CHECK = 'Check your connection and the address in the settings';
const NO_KEY = 'There is no key for it: set one with "drydock settings etherscan-key -"';
const OWN_ABI = 'give the ABI from a file or a compiled contract';
const BY_HAND =
  'print what it takes with "drydock contract verify --bundle" and hand that in yourself';
const ASK_AGAIN = 'ask again later with "drydock contract verify --list"';

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

  const serviceUrl = (source: AbiSource): string => {
    const { sourcifyUrl, etherscanUrl } = settings();
    return source === 'sourcify' ? sourcifyUrl : etherscanUrl;
  };

  /** Throws SECRETS_UNREADABLE. */
  function serviceOf(source: AbiSource, instead: string): Service {
    const sealed = source === 'etherscan' ? store.get() : null;
    const key = sealed === null ? null : seal.open(sealed);
    const lacksKey = source === 'etherscan' && key === null;
    return {
      ...{ base: serviceUrl(source), key, mask },
      otherwise: `${lacksKey ? NO_KEY : CHECK}, or ${instead}.`,
    };
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
      const { base, key, otherwise } = serviceOf(source, OWN_ABI);
      const asked = { chainId, address, mask, otherwise };
      return source === 'sourcify' ? fromSourcify(base, asked) : fromEtherscan(base, key, asked);
    },

    /**
     * Sends what a contract was compiled from to be verified. Resolves to the service's name of the
     * job; null: it is verified there already. Rejects with SOURCE_UNREACHABLE, SECRETS_UNREADABLE.
     */
    async submit(source: AbiSource, contract: Submitted): Promise<string | null> {
      const submit = source === 'sourcify' ? submitToSourcify : submitToEtherscan;
      return submit(serviceOf(source, BY_HAND), contract);
    },

    /** What has become of a job. Rejects with SOURCE_UNREACHABLE, SECRETS_UNREADABLE. */
    async verdict(source: AbiSource, of: { chainId: number; job: string }): Promise<Verdict> {
      const service = serviceOf(source, ASK_AGAIN);
      return source === 'sourcify' ? askSourcify(service, of.job) : askEtherscan(service, of);
    },

    /** The host that is asked, for what is shown. */
    hostOf: (source: AbiSource): string => new URL(serviceUrl(source)).host,

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
