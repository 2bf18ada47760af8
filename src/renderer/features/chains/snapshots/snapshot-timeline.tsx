import { useQuery } from '@tanstack/react-query';
import { ListChecks, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Chain, Snapshot } from '#main/features/chains/contract.ts';
import { api } from '../../../core/client.ts';
import { ProblemNotice } from '../../../core/problems/problem-notice.tsx';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { lazyPart } from '../../../ui/lazy-part.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Section } from '../../../ui/section.tsx';
import type { ChainActions } from '../use-chain-actions.tsx';
import { foldOlder } from './fold-older.ts';
import { useZoom } from './timeline-zoom.ts';
import { ZoomButtons } from './zoom-buttons.tsx';

const ManySnapshots = lazyPart(async () => (await import('./many-snapshots.tsx')).ManySnapshots);
const SnapshotList = lazyPart(async () => (await import('./snapshot-list.tsx')).SnapshotList);
const SnapshotForm = lazyPart(async () => (await import('./snapshot-form.tsx')).SnapshotForm);

const none: readonly Snapshot[] = [];

/** The chain's saved states in the order they were taken, and the current one. */
export function SnapshotTimeline({ chain, actions }: { chain: Chain; actions: ChainActions }) {
  const [naming, setNaming] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const snapshots = useQuery(api.chains.snapshots.queryOptions({ input: { chain: chain.name } }));
  const [all, setAll] = useState(false);
  const items = snapshots.data ?? none;
  // From afar there is room for all.
  const isNear = useZoom(({ zoom }) => zoom === 'details');
  const shown = useMemo(() => (all || !isNear ? items : foldOlder(items)), [all, isNear, items]);
  const folded = items.length - shown.length;
  return (
    <Section
      title="Snapshots"
      aside={
        <>
          {chain.savedAt !== null && (
            <span className="truncate">
              saved to disk <RelativeTime at={chain.savedAt} />
            </span>
          )}
          {items.length > 1 && <ZoomButtons />}
          {items.length > 1 && (
            <IconButton
              label="Choose several snapshots"
              icon={<ListChecks size={15} />}
              onClick={() => setChoosing(true)}
            />
          )}
          <IconButton
            label="Take a named snapshot"
            icon={<Plus size={15} />}
            disabled={chain.status !== 'running'}
            aria-expanded={naming}
            onClick={() => setNaming(!naming)}
          />
        </>
      }
    >
      {choosing && <ManySnapshots snapshots={items} onClose={() => setChoosing(false)} />}
      {naming && <SnapshotForm actions={actions} onDone={() => setNaming(false)} />}
      {snapshots.error && <ProblemNotice error={snapshots.error} />}
      {folded > 0 && (
        <Button variant="link" className="mb-1 self-start" onClick={() => setAll(true)}>
          Show {folded} older automatic ones
        </Button>
      )}
      {items.length > 0 ? (
        <SnapshotList snapshots={shown} all={items} chain={chain} actions={actions} />
      ) : (
        snapshots.data && (
          <p className="rounded-lg border border-dashed border-line-strong px-3 py-4 text-sm text-ink-dim">
            A snapshot keeps the whole chain as it is now. Press S to take one; go back to it as
            often as you like, also after a restart.
          </p>
        )
      )}
    </Section>
  );
}
