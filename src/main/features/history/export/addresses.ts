import { distinctNames } from './names.ts';

export interface Deployed {
  chainId: number | null;
  name: string | null;
  address: string;
}

/** Chain id, then name, in the order in which they were deployed. */
export type AddressBook = Map<string, Map<string, string>>;

/** One entry for each address; contracts of one name get suffixes, the oldest first. */
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
      const names = distinctNames(contracts.map(({ name }) => name));
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
    `// ${oneLine(about)}\n`,
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
      name: `${screaming(name)}${several ? `_${id}` : ''}`,
      address,
    })),
  );
  // Names that differ only in case or punctuation are one in this spelling.
  const distinct = distinctNames(entries.map(({ name }) => name));
  const chainId = several ? '' : [...book.keys()].map((id) => `CHAIN_ID=${id}\n`).join('');
  const lines = entries.map(({ address }, i) => `${distinct[i]}_ADDRESS=${address}\n`);
  return `# ${oneLine(about)}\n${chainId}${lines.join('')}`;
}

/** `UniswapV2Pair` → `UNISWAP_V2_PAIR` */
function screaming(name: string): string {
  const words = name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1_$2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toUpperCase();
  return /^[A-Z]/.test(words) ? words : `CONTRACT_${words}`;
}

const key = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
const oneLine = (text: string) => text.replace(/[\r\n\u2028\u2029]+/g, ' ');
const sameAddress = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
