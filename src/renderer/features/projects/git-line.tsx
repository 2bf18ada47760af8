import { useQuery } from '@tanstack/react-query';
import { GitBranch } from 'lucide-react';
import { api } from '../../core/client.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { plural } from '../../ui/format.ts';

/** Branch, commit and the number of changed files. Refetched when the window gets the focus. */
export function GitLine({ project }: { project: number }) {
  const { data: git } = useQuery(
    api.projects.git.queryOptions({
      input: { project },
      staleTime: 0,
      refetchOnWindowFocus: true,
    }),
  );
  if (!git) return null;
  return (
    <span className="inline-flex min-w-0 items-center gap-2 text-sm text-ink-dim">
      <GitBranch aria-hidden="true" size={14} className="shrink-0" />
      <span className="truncate" title={git.branch ?? undefined}>
        {git.branch ?? 'detached'}
      </span>
      {git.commit && (
        <Copyable value={git.commit} what="commit" className="shrink-0">
          {git.commit.slice(0, 7)}
        </Copyable>
      )}
      {git.dirty !== null && git.dirty > 0 && (
        <span
          className="text-warn nums"
          title={`${plural(git.dirty, 'file')} changed or untracked since this commit`}
        >
          +{git.dirty}
        </span>
      )}
    </span>
  );
}
