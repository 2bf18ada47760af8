import { useState } from 'react';
import type { Pruned } from '#main/features/data/contract.ts';
import { client } from '../../core/client.ts';
import { useCommands } from '../../core/commands/use-commands.ts';
import { Button } from '../../ui/button.tsx';
import { bytes, plural } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';
import { toast } from '../../ui/toast.ts';

function lines({ logs, snapshots, backups, caches, traces }: Pruned): string[] {
  const sum = (items: readonly { bytes: number }[]) =>
    bytes(items.reduce((total, item) => total + item.bytes, 0));
  return [
    logs.runs > 0 ? `Logs of ${plural(logs.runs, 'run')}, ${bytes(logs.bytes)}` : '',
    snapshots.length > 0
      ? `${plural(snapshots.length, 'automatic snapshot')}, ${sum(snapshots)}`
      : '',
    backups.length > 0 ? `${plural(backups.length, 'daily backup')}, ${sum(backups)}` : '',
    traces.transactions > 0
      ? `Traces of ${plural(traces.transactions, 'transaction')}, ${bytes(traces.bytes)}`
      : '',
    ...caches.map((cache) => `Old states of ${cache.chain}, ${bytes(cache.bytes)}`),
  ].filter(Boolean);
}

/** Deletes what the limits no longer keep, after showing it. */
export function Prune() {
  const { busy, run } = useCommands();
  const [plan, setPlan] = useState<Pruned | null>(null);
  const look = async () => {
    const found = await run('look', () => client.data.prune({ dryRun: true }));
    if (found) setPlan(found);
  };
  const prune = async () => {
    const done = await run('prune', () => client.data.prune({ dryRun: false }));
    if (!done) return;
    setPlan(null);
    toast.success(`Deleted ${bytes(done.bytes)}`, { description: done.problems.join('\n') });
  };
  const found = plan && lines(plan);
  return (
    <Section
      title="Make room now"
      aside={
        <Button size="sm" busy={busy === 'look'} onClick={() => void look()}>
          See what would go
        </Button>
      }
    >
      <div role="status" className="rounded-lg border border-line bg-panel px-4 py-3 text-sm">
        {!found ? (
          <p className="text-ink-dim">
            Drydock deletes once a day what the limits above no longer keep.
          </p>
        ) : found.length === 0 ? (
          <p>There is nothing that the limits would not keep.</p>
        ) : (
          <div className="flex flex-wrap items-end justify-between gap-3">
            <ul className="flex flex-col gap-1">
              {found.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
            <Button variant="danger" busy={busy === 'prune'} onClick={() => void prune()}>
              Delete {bytes(plan.bytes)}
            </Button>
          </div>
        )}
      </div>
    </Section>
  );
}
