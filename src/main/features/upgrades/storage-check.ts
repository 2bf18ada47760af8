import type {
  StorageItem,
  StorageOperation,
} from '@openzeppelin/upgrades-core/dist/storage/compare.js';
import { StorageLayoutComparator } from '@openzeppelin/upgrades-core/dist/storage/compare.js';
import { getDetailedLayout } from '@openzeppelin/upgrades-core/dist/storage/layout.js';
import { LayoutCompatibilityReport } from '@openzeppelin/upgrades-core/dist/storage/report.js';
import type { CompilerStorageLayout } from '../../eth/artifact.ts';
import type { NamespaceLayout } from '../../solidity/compiler/namespaces.ts';
import type { Finding } from './contract.ts';

/** Everything that a contract stores. `problem`: why that isn't known. */
export type StoredOf =
  | { layout: CompilerStorageLayout; namespaces: Readonly<Record<string, NamespaceLayout>> }
  | { problem: string };

/** What the new code would find at another place, or as something else, than the old has put it there. */
export function checkStorage(before: StoredOf, after: StoredOf): Finding[] {
  for (const one of [before, after]) {
    if ('problem' in one) {
      const message = `Storage was not compared. ${one.problem}`;
      return [{ level: 'warning', topic: 'storage', message, detail: null }];
    }
  }
  if ('problem' in before || 'problem' in after) return [];
  // Members of enums are told by sources, which are not always there.
  const comparator = new StorageLayoutComparator(true, false);
  const { ops } = comparator.compareLayouts(
    detailed(before.layout),
    detailed(after.layout),
    namespacesOf(before.namespaces),
    namespacesOf(after.namespaces),
  );
  // That a variable has moved follows from what comes before.
  const found = ops.filter(({ kind }, i) => kind !== 'layoutchange' || i === 0).map(findingOf);
  if (!comparator.hasAllowedUncheckedCustomTypes) return found;
  return [
    ...found,
    {
      ...{ level: 'note', topic: 'storage', detail: null },
      message:
        'Members of enums were not compared: their order is to stay, and new ones go to the end.',
    },
  ];
}

type Operation = StorageOperation<StorageItem>;

/** A new name alone changes nothing that is stored. */
function findingOf(op: Operation): Finding {
  const [line = '', ...rest] = new LayoutCompatibilityReport([op]).explain(false).split('\n');
  // What comes before it is the place in the source, which is not known here.
  const title = line.replace(/^[^`]*?:\s+/, '').trim();
  const detail = rest.map((text) => text.trimEnd()).filter((text) => text.trim() !== '');
  return {
    ...{ level: op.kind === 'rename' ? 'warning' : 'error', topic: 'storage' },
    message: `${title}.`.replace(/\.\.$/, '.'),
    detail: detail.length === 0 ? null : detail.join('\n'),
  };
}

function detailed({ storage, types }: CompilerStorageLayout): StorageItem[] {
  return getDetailedLayout({
    storage: storage.map((one) => ({ ...one, src: one.contract })),
    types: Object.fromEntries(
      Object.entries(types).map(([id, { enumMembers, ...type }]) => [
        id,
        enumMembers ? { ...type, members: [...enumMembers] } : type,
      ]),
    ),
  });
}

const namespacesOf = (
  found: Readonly<Record<string, NamespaceLayout>>,
): Record<string, StorageItem[]> =>
  Object.fromEntries(
    Object.entries(found).map(([id, { contract, members, types }]) => [
      `erc7201:${id}`,
      detailed({ storage: members.map((one) => ({ ...one, contract })), types }),
    ]),
  );
