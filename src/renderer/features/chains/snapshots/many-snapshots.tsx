import { Pin, Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import type { Snapshot } from '#main/features/chains/contract.ts';
import { client } from '../../../core/client.ts';
import { ask } from '../../../core/questions/question.ts';
import { forEach } from '../../../core/selection/for-each.ts';
import { SelectionBar } from '../../../core/selection/selection-bar.tsx';
import { SelectAllBox, SelectionBox } from '../../../core/selection/selection-box.tsx';
import { useSelection } from '../../../core/selection/use-selection.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { count, plural } from '../../../ui/format.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Table, Td, Th } from '../../../ui/table.tsx';

interface ManySnapshotsProps {
  snapshots: readonly Snapshot[];
  onClose(): void;
}

const about = { noun: 'snapshot', name: ({ name }: Snapshot) => name };
const look = { 'aria-hidden': true, size: 14 } as const;

/** Snapshots of a chain, the newest first, to do one thing with several of them. */
export function ManySnapshots({ snapshots, onClose }: ManySnapshotsProps) {
  const shown = useMemo(() => snapshots.toReversed(), [snapshots]);
  const all = useMemo(() => shown.map(({ id }) => id), [shown]);
  const selection = useSelection(all);
  const chosen = shown.filter(({ id }) => selection.has(id));
  const pin = () =>
    forEach({
      ...{ ...about, items: chosen, done: 'pinned' },
      act: ({ chain, id }) => client.chains.describeSnapshot({ chain, snapshot: id, pinned: true }),
    }).then(selection.clear);
  const remove = () => {
    const pinned = chosen.filter((one) => one.pinned).length;
    ask({
      title: `Delete ${plural(chosen.length, 'snapshot')}?`,
      text: `${pinned > 0 ? `${count(pinned)} of them ${pinned === 1 ? 'is' : 'are'} pinned. ` : ''}The states that they hold can’t be brought back. The chain stays as it is.`,
      confirm: 'Delete snapshots',
      act: () => {
        selection.clear();
        void forEach({
          ...{ ...about, items: chosen, done: 'deleted' },
          act: ({ chain, id }) => client.chains.removeSnapshot({ chain, snapshot: id }),
        });
      },
    });
  };
  return (
    <Dialog title="Snapshots" open wide onClose={onClose}>
      <div className="flex flex-col gap-3">
        <SelectionBar selection={selection}>
          <Button size="sm" icon={<Pin {...look} />} onClick={() => void pin()}>
            Pin
          </Button>
          <Button variant="danger" size="sm" icon={<Trash2 {...look} />} onClick={remove}>
            Delete…
          </Button>
        </SelectionBar>
        <Table label="Snapshots" fixed>
          <thead>
            <tr>
              <Th className="w-9">
                <SelectAllBox all={all} selection={selection} />
              </Th>
              <Th>Name</Th>
              <Th className="w-24">Taken by</Th>
              <Th className="w-28">Taken</Th>
              <Th end className="w-24">
                Block
              </Th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <tr key={one.id} className="group">
                <Td>
                  <SelectionBox id={one.id} name={one.name} selection={selection} />
                </Td>
                <Td className="truncate">
                  <span title={one.name}>{one.name}</span>
                </Td>
                <Td className="text-ink-soft">{one.automatic ? 'Drydock' : 'you'}</Td>
                <Td className="text-ink-soft">
                  <RelativeTime at={one.createdAt} />
                </Td>
                <Td end>{count(one.blockNumber)}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
    </Dialog>
  );
}
