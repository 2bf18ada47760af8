import { pbkdf2Sync } from 'node:crypto';
import { bytesToHex, type Hex } from 'viem';
import { HDKey, privateKeyToAddress } from 'viem/accounts';
import { byDefault } from '../contract.ts';

/** What the development accounts of a chain are derived from. */
export interface DevAccounts {
  mnemonic: string;
  count: number;
}

/** As anvil has them by default; the words are public. */
export const defaultDevAccounts: DevAccounts = {
  mnemonic: 'test test test test test test test test test test test junk',
  count: byDefault.accounts,
};

/** Source: https://github.com/bitcoin/bips/blob/master/bip-0044.mediawiki */
const PATH = "m/44'/60'/0'/0";

/**
 * Without a passphrase, as tools of developers take it. By the system's own code, in a fiftieth of
 * the time that it takes in JavaScript, while the core does nothing else.
 *
 * Source: https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki#from-mnemonic-to-seed
 */
const seedOf = (mnemonic: string): Uint8Array =>
  pbkdf2Sync(mnemonic.normalize('NFKD'), 'mnemonic', 2048, 64, 'sha512');

/** The key of each account, by its index. */
function keysOf({ mnemonic }: Pick<DevAccounts, 'mnemonic'>): (index: number) => Hex {
  const parent = HDKey.fromMasterSeed(seedOf(mnemonic)).derive(PATH);
  return (index) => {
    const { privateKey } = parent.deriveChild(index);
    if (!privateKey) throw new Error('an account that is derived from a mnemonic has a key');
    return bytesToHex(privateKey);
  };
}

export const devKey = (of: Pick<DevAccounts, 'mnemonic'>, index: number): Hex => keysOf(of)(index);

/** The addresses in the order of their index, with checksums. */
export function devAddresses({ mnemonic, count }: DevAccounts): Hex[] {
  const keyOf = keysOf({ mnemonic });
  return Array.from({ length: count }, (_, index) => privateKeyToAddress(keyOf(index)));
}
