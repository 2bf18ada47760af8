import { getAddress, recoverMessageAddress } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { expect, test } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import { derivedKey } from '#main/features/accounts/keys.ts';
import { defaultDevAccounts, devAddresses } from '#main/features/chains/creation/dev-accounts.ts';
import { startAnvil } from '../kinds/bench.ts';

/** Public, as an example of https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki */
const OTHER = {
  mnemonic: 'legal winner thank year wave sausage worth useful legal winner thank yellow',
  count: 12,
};

test.each([
  ['the default words', defaultDevAccounts],
  ['other words, and another number of them', OTHER],
])(
  'the development accounts of %s are those of the chain, and their keys sign for them',
  async (_, dev) => {
    const { mnemonic, count } = dev;
    await using chain = await startAnvil('--mnemonic', mnemonic, '--accounts', `${count}`);
    const onChain = (await rpc(chain.url)<string[]>('eth_accounts')).map((one) => getAddress(one));
    expect(devAddresses(dev)).toEqual(onChain);
    const signers = await Promise.all(
      onChain.map(async (_, index) => {
        const { key } = derivedKey(dev, index);
        const message = `account ${index}`;
        const signature = await privateKeyToAccount(key).signMessage({ message });
        return recoverMessageAddress({ message, signature });
      }),
    );
    expect(signers).toEqual(onChain);
  },
);
