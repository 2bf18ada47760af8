import type { CommitRange } from '#main/shared/commit-range.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { plural } from '../../ui/format.ts';

function Commits({ title, list }: { title: string; list: CommitRange['added'] }) {
  if (list.length === 0) return null;
  return (
    <div>
      <h3 className="mb-1 text-xs text-ink-dim">{title}</h3>
      <ul className="rounded-lg border border-line bg-panel py-1">
        {list.map((one) => (
          <li key={one.commit} className="flex items-baseline gap-3 px-3 py-1 text-sm">
            <Copyable value={one.commit} what="commit" className="shrink-0">
              {one.commit.slice(0, 7)}
            </Copyable>
            <span className="min-w-0 truncate">{one.subject}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The commits between two deployments. */
export function DiffCommits({ range }: { range: CommitRange }) {
  const { added, removed, truncated, problem } = range;
  if (problem) return <ErrorNotice tone="warn" message={problem} />;
  if (added.length + removed.length === 0) {
    return <p className="text-sm text-ink-dim">Both are of the same commit.</p>;
  }
  return (
    <div className="flex flex-col gap-3">
      <Commits title={`${plural(added.length, 'commit')} in B and not in A`} list={added} />
      <Commits title={`${plural(removed.length, 'commit')} in A and not in B`} list={removed} />
      {truncated && <p className="text-xs text-ink-dim">There are more.</p>}
    </div>
  );
}
