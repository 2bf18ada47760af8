import { useQuery } from '@tanstack/react-query';
import { api, client } from '../../core/client.ts';
import { useCommands } from '../../core/commands/use-commands.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { answerTrust, useTrustAsked } from '../../core/trust.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

type Asked = NonNullable<ReturnType<typeof useTrustAsked.getState>['asked']>;

/** Asks before code of a project runs for the first time, and says what will run. */
export function TrustDialog() {
  const asked = useTrustAsked((state) => state.asked);
  return (
    <Dialog
      title="Trust this folder?"
      description="Its code isn’t run before you do. Trust it if you know where it comes from."
      open={asked !== null}
      onClose={() => answerTrust(false)}
    >
      {asked && <Question asked={asked} />}
    </Dialog>
  );
}

function Question({ asked: { project, then } }: { asked: Asked }) {
  const { busy, run } = useCommands();
  const question = useQuery(
    api.projects.trustQuestion.queryOptions({ input: { project }, staleTime: 0, gcTime: 0 }),
  );
  const { root, runs, parent } = question.data ?? {};
  const answer = async (trust: () => Promise<unknown>) => {
    if (!(await run('trust', trust))) return;
    answerTrust(true);
  };
  return (
    <>
      <div className="flex min-h-[132px] flex-col gap-3 text-sm">
        {question.error && (
          <ProblemNotice error={question.error} onRetry={() => void question.refetch()} />
        )}
        {question.isPending && <Skeleton rows={4} />}
        {root && (
          <p className="rounded-lg border border-line bg-sunken px-3 py-2 font-mono text-xs break-all">
            {root}
          </p>
        )}
        {runs && (
          <ul aria-label="What will run" className="flex list-disc flex-col gap-1.5 pl-4">
            {runs.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
        {parent && (
          <p className="break-words text-ink-dim">
            The folder above is {parent}: everything in it would be trusted, now and later.
          </p>
        )}
      </div>
      <DialogActions>
        <Button onClick={() => answerTrust(false)}>Not now</Button>
        {parent && (
          <Button
            disabled={busy !== null}
            onClick={() => void answer(() => client.projects.trustParent({ path: parent }))}
          >
            Trust the folder above
          </Button>
        )}
        <Button
          variant="primary"
          busy={busy !== null}
          disabled={!root}
          onClick={() => void answer(() => client.projects.trust({ project }))}
        >
          {then ? `Trust and ${then}` : 'Trust'}
        </Button>
      </DialogActions>
    </>
  );
}
