import type { Project } from '#main/features/projects/contract.ts';
import { client } from '../../core/client.ts';
import { useCommands } from '../../core/commands/use-commands.ts';
import { askForTrust } from '../../core/trust.ts';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.ts';

/** Whether a project's code may be run, and a way to change that. */
export function ProjectTrust({ project }: { project: Project }) {
  const { busy, run } = useCommands();
  const { trustedBy } = project;
  const withdraw = async () => {
    const done = await run('withdraw', () => client.projects.untrust({ project: project.id }));
    if (done) toast.success(`${project.name} is trusted no more: its next deploy asks`);
  };
  return (
    <div className="flex flex-wrap items-center justify-between gap-4 rounded-lg border border-line bg-panel px-4 py-3">
      <p className="min-w-0 flex-1 basis-64 text-sm break-words text-ink-dim">
        {trustedBy === null
          ? 'Its code isn’t run without a question: the next deploy asks.'
          : `Its code may be run, as that of everything in ${trustedBy}.`}
      </p>
      {trustedBy === null ? (
        <Button onClick={() => void askForTrust(project.id)}>Trust…</Button>
      ) : (
        <Button busy={busy !== null} onClick={() => void withdraw()}>
          Withdraw trust
        </Button>
      )}
    </div>
  );
}
