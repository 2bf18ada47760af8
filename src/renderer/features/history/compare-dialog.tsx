import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { Deployment } from '#main/features/deployments/contract.ts';
import { api } from '../../core/client.ts';
import { diffPath } from '../../core/paths.ts';
import { StatusIcon } from '../../core/words/run-icon.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

/** Chooses the deployment to compare with: another one of its project. */
export function CompareDialog({
  run,
  onClose,
}: {
  run: Pick<Deployment, 'id' | 'number' | 'project'>;
  onClose(): void;
}) {
  const [, navigate] = useLocation();
  const others = useQuery(
    api.history.list.queryOptions({
      input: { project: run.project.id, limit: 100, count: false },
    }),
  ).data?.items.filter((other) => other.id !== run.id);
  return (
    <Dialog
      title={`Compare ${run.project.name} #${run.number} with…`}
      description="Another deployment of this project. Any two can be marked in the history."
      open
      onClose={onClose}
    >
      {!others && <Skeleton rows={4} />}
      {others?.length === 0 && (
        <p className="text-sm text-ink-dim">It is the only deployment of this project.</p>
      )}
      <ul className="max-h-[50vh] overflow-y-auto">
        {others?.map((other) => (
          <li key={other.id}>
            <button
              type="button"
              onClick={() => {
                const [a, b] = [run.id, other.id].sort((x, y) => x - y) as [number, number];
                navigate(diffPath(a, b));
              }}
              className="flex h-[34px] w-full items-center gap-2.5 rounded-md px-2 text-left text-sm hover:bg-hover"
            >
              <StatusIcon run={other} />
              <span className="font-semibold nums">
                {other.project.name} #{other.number}
              </span>
              <span className="text-ink-dim">{other.target}</span>
              <span className="font-mono text-xs text-ink-dim">{other.commit?.slice(0, 7)}</span>
              <span className="min-w-0 flex-1 truncate text-ink-dim">{other.note}</span>
              <span className="text-xs text-ink-dim">
                <RelativeTime at={other.createdAt} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
