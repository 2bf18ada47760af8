import { zeroAddress } from 'viem';
import type { Mining } from '../../shared/mining.ts';
import { miningWords } from '../../shared/mining-words.ts';
import type { Chain } from './contract.ts';
import type { NextBlock } from './makes-blocks.ts';
import type { ChainRow } from './store.ts';

/** Of an anvil that forks nothing. */
const GAS_LIMIT = '30000000';

/** What of a chain is not as anvil has it by default, in a few words each. */
export function differences(
  kind: 'local' | 'fork' | 'remote',
  { codeSizeLimit, creation }: Pick<ChainRow, 'codeSizeLimit'> & Pick<Chain, 'creation'>,
  mining: Mining,
  next: NextBlock | null,
): string[] {
  const found: string[] = [];
  if (mining.mode !== 'auto') found.push(`mines ${miningWords(mining)}`);
  if (codeSizeLimit !== null) found.push(`contracts up to ${codeSizeLimit} bytes`);
  if (creation.hardfork !== null) found.push(`hardfork ${creation.hardfork}`);
  if (creation.accounts !== null) found.push(`${creation.accounts} accounts`);
  if (creation.balance !== null) found.push(`accounts with ${creation.balance} ether`);
  if (creation.ownMnemonic) found.push('a mnemonic of its own');
  // A fork has those of its upstream.
  if (kind === 'local' && next && next.gasLimit !== GAS_LIMIT) {
    found.push(`gas limit ${next.gasLimit}`);
  }
  if (kind === 'local' && next && next.coinbase !== zeroAddress) {
    found.push(`coinbase ${next.coinbase}`);
  }
  return found;
}
