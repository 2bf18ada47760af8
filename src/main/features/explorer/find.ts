import type { ReadNetwork } from '../../eth/network-reader.ts';
import { isAddressShaped } from '../../shared/hex.ts';
import type { Found } from './contract.ts';
import type { KnownLabels } from './labels.ts';
import type { ExplorerStore } from './store.ts';

const MOST_NAMED = 20;
const HASH_DIGITS = 66;

/** What a text stands for on a network: a hash, a number, an address, a label, or a contract's name. */
export async function find(
  from: ReadNetwork,
  { store, labels }: { store: ExplorerStore; labels: Pick<KnownLabels, 'alike'> },
  text: string,
): Promise<Found[]> {
  const asked = text.trim();
  if (isAddressShaped(asked)) return [{ kind: 'address', value: asked, title: asked }];
  if (/^0x[0-9a-f]+$/i.test(asked) && asked.length === HASH_DIGITS) return byHash(from, asked);
  if (/^#?[\d,._]{1,20}$/.test(asked)) return byNumber(from, asked.replace(/\D/g, ''));
  const labelled = labels
    .alike(from.name, asked, MOST_NAMED)
    .map(({ address, label }) => ({ kind: 'address' as const, value: address, title: label }));
  const named = store
    .named(from.name, asked, MOST_NAMED)
    .map(({ name, label, address, deployment }) => ({
      kind: 'address' as const,
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

async function byNumber({ call }: ReadNetwork, digits: string): Promise<Found[]> {
  if (digits === '') return [];
  const quantity = `0x${BigInt(digits).toString(16)}`;
  const block = await call('eth_getBlockByNumber', [quantity, false]);
  return block ? [{ kind: 'block', value: digits, title: `Block ${digits}` }] : [];
}
