import type { LiveContracts } from '#main/features/contracts/contract/listed.ts';
import { ownLabel } from '#main/shared/contract-label.ts';

export interface ListedContract {
  /** Unique, also where two deployments have made one at the same address. */
  key: string;
  network: string;
  address: string;
  name: string | null;
  label: string | null;
  nested: boolean;
  /** Chain that its network forks from, and has it from. */
  upstream: string | null;
  pinned: boolean;
  /** null: the user has added it. */
  deployment: Live['deployment'] | null;
}

/** A line of the list. */
export type ListRow =
  | { kind: 'group'; key: string; title: string; network: string | null; count: number }
  | { kind: 'contract'; key: string; contract: ListedContract };

type Live = LiveContracts['contracts'][number];
type Added = LiveContracts['added'][number];

interface Known {
  contracts: readonly Live[];
  added: readonly Added[];
}

interface Filter {
  text: string;
  /** null: all. */
  network: string | null;
  /** Keys of groups that are folded. */
  folded: ReadonlySet<string>;
}

/** @param network that was asked for; null: any */
const fromDeployment = (one: Live, network: string | null): ListedContract => ({
  key: `${one.deployment.id} ${one.address}`,
  network: (one.upstream === null ? null : network) ?? one.deployment.target,
  upstream: one.upstream,
  ...{ address: one.address, name: one.name, label: ownLabel(one) },
  ...{ nested: one.nested, pinned: one.pinned, deployment: one.deployment },
});

const fromUser = ({ network, address, name, pinned }: Added): ListedContract => ({
  ...{ key: `added ${network} ${address}`, network, address, name },
  ...{ label: null, nested: false, upstream: null, pinned, deployment: null },
});

/**
 * The lines of the list: pinned ones, then a group for each project on each network in the order of
 * their newest deployments, then what the user has added.
 */
export function contractRows({ contracts, added }: Known, filter: Filter): ListRow[] {
  const wanted = filter.text.trim().toLowerCase();
  const groups = new Map<string, { title: string; network: string | null; of: ListedContract[] }>();
  groups.set('pinned', { title: 'Pinned', network: null, of: [] });
  for (const one of [
    ...contracts.map((one) => fromDeployment(one, filter.network)),
    ...added.map(fromUser),
  ]) {
    if (filter.network !== null && one.network !== filter.network) continue;
    if (wanted !== '' && !matches(one, wanted)) continue;
    const { network, deployment } = one;
    const title = deployment?.project.name ?? 'Added';
    const key = one.pinned ? 'pinned' : `${network} ${deployment?.project.id ?? 'added'}`;
    const group = groups.get(key) ?? { title, network, of: [] };
    groups.set(key, group);
    group.of.push(one);
  }
  return [...groups].flatMap(([key, { title, network, of }]): ListRow[] => {
    if (of.length === 0) return [];
    const head: ListRow = { kind: 'group', key, title, network, count: of.length };
    if (filter.folded.has(key) && wanted === '') return [head];
    return [
      head,
      ...of.map((contract): ListRow => ({ kind: 'contract', key: contract.key, contract })),
    ];
  });
}

const matches = ({ name, label, address, deployment }: ListedContract, wanted: string): boolean =>
  [name, label, address, deployment?.project.name].some((text) =>
    text?.toLowerCase().includes(wanted),
  );
