import { Pencil } from 'lucide-react';
import { Link } from 'wouter';
import { deploymentPath } from '../../../core/paths.ts';
import { Button } from '../../../ui/button.tsx';
import { type DeployDraft, useDrafts } from '../request/deploy-draft.ts';

/** Shows that the form contains an earlier run's request, and lets the user discard it. */
export function RetryNotice({ project, draft }: { project: number; draft: DeployDraft }) {
  const change = useDrafts((state) => state.change);
  const { retryOf } = draft;
  if (!retryOf) return null;
  return (
    <div
      role="status"
      className="flex shrink-0 items-center gap-2.5 rounded-lg border border-line-strong bg-panel px-3 py-1.5 text-sm"
    >
      <Pencil aria-hidden="true" size={14} className="shrink-0 text-ink-dim" />
      <p className="min-w-0 flex-1">
        This is the request of{' '}
        <Link href={deploymentPath(retryOf.id)} className="font-semibold nums hover:underline">
          #{retryOf.number}
        </Link>
        . Change what you like; Deploy sends it as another try of that run.
      </p>
      <Button size="sm" variant="ghost" onClick={() => change(project, { retryOf: undefined })}>
        Make it a new one
      </Button>
    </div>
  );
}
