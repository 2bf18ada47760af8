import { bytesToHex, type Hex } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';

/** What the development accounts of a chain are derived from. */
export interface DevAccounts {
  mnemonic: string;
  /** How many the chain has. */
  count: number;
}

/** A key with the account that it is of. */
export interface DerivedKey {
  /** With its checksum. */
  address: Hex;
  /** https://github.com/bitcoin/bips/blob/master/bip-0044.mediawiki */
  path: string;
  key: Hex;
}

export function derivedKey({ mnemonic }: DevAccounts, index: number): DerivedKey {
  const account = mnemonicToAccount(mnemonic, { addressIndex: index });
  const { privateKey } = account.getHdKey();
  if (!privateKey) throw new Error('an account that is derived from a mnemonic has a key');
  const { address } = account;
  return { address, path: `m/44'/60'/0'/0/${index}`, key: bytesToHex(privateKey) };
}
