import type { Project } from '#main/features/projects/contract.ts';
import { client } from '../../core/client.ts';
import { useCommands } from '../../core/commands/use-commands.ts';
import { useInfo } from '../../core/queries/use-info.ts';
import { Select } from '../../ui/select.tsx';

const words = { docker: 'Docker', process: 'processes' };

/** Where a project's deployments and shells run. */
export function ProjectEngine({ project }: { project: Project }) {
  const { busy, run } = useCommands();
  const usual = useInfo().data?.engine;
  const settings = `as the settings say${usual ? `: ${words[usual]}` : ''}`;
  const options = [
    { value: 'auto', text: settings, label: settings },
    { value: 'docker', text: words.docker, label: words.docker },
    { value: 'process', text: words.process, label: words.process },
  ] as const;
  return (
    <div className="flex flex-wrap items-center justify-between gap-4 rounded-lg border border-line bg-panel px-4 py-3">
      <p className="min-w-0 flex-1 basis-64 text-sm text-ink-dim">
        Where its deployments and shells run, from the next one on. What is chosen here fails rather
        than going elsewhere by itself; a chain that runs without Docker takes the deployment along.
      </p>
      <Select
        label="Engine"
        value={project.engine ?? 'auto'}
        options={[...options]}
        disabled={busy !== null}
        onChange={(engine) =>
          void run('engine', () =>
            client.projects.setEngine({
              project: project.id,
              engine: engine === 'auto' ? null : engine,
            }),
          )
        }
      />
    </div>
  );
}
