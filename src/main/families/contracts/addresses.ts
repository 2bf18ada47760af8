import { distinctNames } from '../../lib/distinct-names.ts';
import { commentOf, envName } from '../../lib/env-text.ts';
import { sharedNames, tellingName } from '../../shared/contract-label.ts';

export interface Deployed {
  chainId: number | null;
  name: string | null;
  /** What the project calls it. */
  label: string | null;
  address: string;
}

/** Chain id, then name, in the order in which they were deployed. */
export type AddressBook = Map<string, Map<string, string>>;

/**
 * One entry for each address. Contracts of one name go by what the project calls them; of those
 * that it calls nothing, the second and later get suffixes, the oldest first.
 */
export function addressBook(deployed: readonly Deployed[]): AddressBook {
  const chains = new Map<string, Deployed[]>();
  for (const one of deployed) {
    const chain = chains.get(String(one.chainId ?? 0)) ?? [];
    const known = chain.some((other) => sameAddress(other.address, one.address));
    if (!known) chain.push(one);
    chains.set(String(one.chainId ?? 0), chain);
  }
  return new Map(
    [...chains].map(([chainId, contracts]) => {
      const shared = sharedNames(contracts);
      const names = distinctNames(contracts.map((one) => tellingName(one, shared)));
      return [chainId, new Map(contracts.map(({ address }, i) => [names[i] as string, address]))];
    }),
  );
}

/** `{ "31337": { "Token": "0x…" } }` */
export function addressesJson(book: AddressBook): string {
  const value = Object.fromEntries([...book].map(([id, names]) => [id, Object.fromEntries(names)]));
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** @param about one line that says where the addresses come from */
export function addressesTs(book: AddressBook, about: string): string {
  const chains = [...book].map(([id, names]) => {
    const entries = [...names].map(([name, address]) => `    ${key(name)}: '${address}',\n`);
    return `  ${id}: {\n${entries.join('')}  },\n`;
  });
  return [
    `// ${commentOf(about)}\n`,
    `export const addresses = {\n${chains.join('')}} as const;\n\n`,
    'export type ChainId = keyof typeof addresses;\n',
    'export type ContractName<Chain extends ChainId> = keyof (typeof addresses)[Chain];\n',
  ].join('');
}

/** `CHAIN_ID` and, for each contract, `UNISWAP_V2_PAIR_ADDRESS`; with the chain id when several. */
export function addressesEnv(book: AddressBook, about: string): string {
  const several = book.size > 1;
  const entries = [...book].flatMap(([id, names]) =>
    [...names].map(([name, address]) => ({
      name: `${envName(name, 'CONTRACT')}${several ? `_${id}` : ''}`,
      address,
    })),
  );
  // Names that differ only in case or punctuation are one in this spelling.
  const distinct = distinctNames(entries.map(({ name }) => name));
  const chainId = several ? '' : [...book.keys()].map((id) => `CHAIN_ID=${id}\n`).join('');
  const lines = entries.map(({ address }, i) => `${distinct[i]}_ADDRESS=${address}\n`);
  return `# ${commentOf(about)}\n${chainId}${lines.join('')}`;
}

const key = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
const sameAddress = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
