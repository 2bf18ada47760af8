import { getAddress } from 'viem';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import { isAddressShaped } from '../../shared/hex.ts';
import { type ChainIndex, indexOf } from './chain-index.ts';
import type { Found } from './contract/found.ts';
import type { KnownLabels } from './labels.ts';
import type { ExplorerStore } from './store.ts';

const MOST_NAMED = 20;
/** Of each kind. */
const MOST_BEGINNING = 8;
const HASH_DIGITS = 66;

/** What a text stands for on a network: a hash, a number, an address, a label, or a contract's name. */
export async function find(
  from: ReadNetwork,
  {
    store,
    labels,
    index,
  }: { store: ExplorerStore; labels: Pick<KnownLabels, 'alike'>; index: ChainIndex },
  text: string,
): Promise<Found[]> {
  const asked = text.trim();
  if (isAddressShaped(asked)) return [{ kind: 'address', value: asked, title: asked }];
  if (/^0x[0-9a-f]+$/i.test(asked) && asked.length === HASH_DIGITS) return byHash(from, asked);
  if (/^0x[0-9a-f]{4,}$/i.test(asked)) return byPrefix(from, index, asked);
  if (/^#?[\d,._]{1,20}$/.test(asked)) return byNumber(from, asked.replace(/\D/g, ''));
  const labelled = labels
    .alike(from.name, asked, MOST_NAMED)
    .map(({ address, label }) => ({ kind: 'address' as const, value: address, title: label }));
  const named = store
    .named(from.name, asked, MOST_NAMED)
    .map(({ name, label, address, deployment }) => ({
      kind: 'contract' as const,
      value: address,
      title: `${label ?? name ?? address} of ${deployment.project.name} #${deployment.number}`,
    }));
  const seen = new Set(labelled.map(({ value }) => value));
  return [...labelled, ...named.filter(({ value }) => !seen.has(value))].slice(0, MOST_NAMED);
}

async function byHash({ call }: ReadNetwork, hash: string): Promise<Found[]> {
  const [transaction, block] = await Promise.all([
    call('eth_getTransactionByHash', [hash]),
    call('eth_getBlockByHash', [hash, false]),
  ]);
  return [
    ...(transaction ? [{ kind: 'transaction' as const, value: hash, title: hash }] : []),
    ...(block ? [{ kind: 'block' as const, value: hash, title: hash }] : []),
  ];
}

/** Of a network that is not indexed nothing is found. */
async function byPrefix(from: ReadNetwork, index: ChainIndex, prefix: string): Promise<Found[]> {
  const head = prefix.length < HASH_DIGITS ? await indexOf(index, from) : null;
  if (!head) return [];
  const { transactions, blocks, addresses } = index.beginning(head, prefix, MOST_BEGINNING);
  const found = (kind: Found['kind'], values: string[]): Found[] =>
    values.map((value) => ({ kind, value, title: value }));
  return [
    ...found('transaction', transactions),
    ...found(
      'address',
      addresses.map((one) => getAddress(one)),
    ),
    ...found('block', blocks),
  ];
}

async function byNumber({ call }: ReadNetwork, digits: string): Promise<Found[]> {
  if (digits === '') return [];
  const quantity = `0x${BigInt(digits).toString(16)}`;
  const block = await call('eth_getBlockByNumber', [quantity, false]);
  return block ? [{ kind: 'block', value: digits, title: `Block ${digits}` }] : [];
}
