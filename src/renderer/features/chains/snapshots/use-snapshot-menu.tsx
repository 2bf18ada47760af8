import {
  GitCompare,
  PencilLine,
  Pin,
  PinOff,
  Rocket,
  StickyNote,
  Trash2,
  Undo2,
} from 'lucide-react';
import { useLocation } from 'wouter';
import type { Snapshot } from '#main/features/chains/contract.ts';
import { deploymentPath, stateDiffPath } from '../../../core/paths.ts';
import { ask } from '../../../core/questions/question.ts';
import type { MenuItem } from '../../../ui/menu-items.ts';
import type { ChainActions } from '../use-chain-actions.tsx';

/** What a user writes about a snapshot. */
export type SnapshotText = 'name' | 'note';

export type EditSnapshot = (snapshot: Snapshot, text: SnapshotText) => void;

const look = { 'aria-hidden': true, size: 14 } as const;

function askToDelete({ id, name, pinned }: Snapshot, actions: ChainActions): void {
  ask({
    title: `Delete the snapshot “${name}”?`,
    text: `${pinned ? 'It is pinned. ' : ''}The state that it holds can’t be brought back. The chain stays as it is.`,
    confirm: 'Delete snapshot',
    act: () => actions.removeSnapshot(id),
  });
}

/** What can be done with a snapshot. */
export function useSnapshotMenu(
  snapshot: Snapshot,
  actions: ChainActions,
  edit: EditSnapshot,
): readonly MenuItem[] {
  const [, navigate] = useLocation();
  const { id, chain, run, note, pinned } = snapshot;
  return [
    {
      label: 'Revert here',
      icon: <Undo2 {...look} />,
      onSelect: () => actions.revert(id),
    },
    {
      label: 'Compare with now',
      icon: <GitCompare {...look} />,
      onSelect: () => navigate(stateDiffPath(chain, id)),
    },
    {
      label: 'Rename…',
      icon: <PencilLine {...look} />,
      onSelect: () => edit(snapshot, 'name'),
    },
    {
      label: note === '' ? 'Add a note…' : 'Edit the note…',
      icon: <StickyNote {...look} />,
      onSelect: () => edit(snapshot, 'note'),
    },
    {
      label: pinned ? 'Unpin' : 'Pin',
      icon: pinned ? <PinOff {...look} /> : <Pin {...look} />,
      onSelect: () => actions.pinSnapshot(id, !pinned),
    },
    ...(run === null
      ? []
      : [
          {
            label: `Open ${run.project} #${run.number}`,
            icon: <Rocket {...look} />,
            onSelect: () => navigate(deploymentPath(run.id)),
          },
        ]),
    {
      label: 'Delete…',
      icon: <Trash2 {...look} />,
      danger: true,
      onSelect: () => askToDelete(snapshot, actions),
    },
  ];
}
