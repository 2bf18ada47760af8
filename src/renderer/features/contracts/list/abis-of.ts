import { client } from '../../../core/client.ts';
import type { ListedContract } from './contract-rows.ts';

/** The ABIs of contracts as JSON, each with where it is; null for code that nothing is known of. */
export async function abisOf(contracts: readonly ListedContract[]): Promise<string> {
  const all = [];
  for (const { network, address, name } of contracts) {
    const abi =
      name === null ? null : (await client.contracts.abi({ network, contract: address })).abi;
    all.push({ network, address, name, abi });
  }
  return `${JSON.stringify(all, null, 2)}\n`;
}
