import { useQuery } from '@tanstack/react-query';
import { Download, FileInput, KeyRound, Plus } from 'lucide-react';
import type { Project } from '#main/features/projects/contract.ts';
import { api, client } from '../../core/client.ts';
import { useCommand } from '../../core/commands/use-command.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { useProject } from '../../core/queries/use-projects.ts';
import { useTarget } from '../../core/queries/use-target.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AskedVariables } from './asked-variables.tsx';
import { openEnvironmentDialog } from './dialog-state.ts';
import { VariableTable } from './variable-table.tsx';

/** The variables of a project: those that its runs are given, and those that its code asks for. */
export function EnvironmentTab({ project: id }: { project: number }) {
  const { project } = useProject(id);
  const target = useTarget(id);
  if (!project || !target) return null;
  return <Known key={target.name} project={project} target={target.name} />;
}

function Known({ project, target }: { project: Project; target: string }) {
  const { id, name } = project;
  const input = { project: id, target };
  const { data, error, refetch } = useQuery(api.environments.list.queryOptions({ input }));
  const about = { project: { id, name }, target };
  const { send: save, busy } = useCommand(() => client.environments.export(input), {
    done: ({ text }) => saveFile('.env.example', 'text/plain', text),
  });
  const add = (
    <Button
      icon={<Plus aria-hidden="true" size={15} />}
      onClick={() => openEnvironmentDialog({ ...about, what: 'variable', variable: null })}
    >
      Set a variable
    </Button>
  );
  const bring = (
    <Button
      icon={<FileInput aria-hidden="true" size={15} />}
      onClick={() => openEnvironmentDialog({ ...about, what: 'import' })}
    >
      Import .env
    </Button>
  );
  return (
    <div className="@container flex flex-col gap-6 p-5">
      <Section
        title={`Variables on ${target}`}
        aside={
          <div className="flex gap-2">
            {data && data.length > 0 && (
              <Button
                variant="ghost"
                busy={busy}
                icon={<Download aria-hidden="true" size={15} />}
                onClick={() => void save(undefined)}
              >
                Save as .env.example
              </Button>
            )}
            {data && data.length > 0 && bring}
            {data && data.length > 0 && add}
          </div>
        }
      >
        {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton rows={4} />}
        {data?.length === 0 && (
          <EmptyState
            icon={<KeyRound size={22} />}
            title="No variables yet"
            action={
              <div className="flex gap-2">
                {add}
                {bring}
              </div>
            }
          >
            What a script reads from its environment, such as the key of a provider. Values are
            sealed, given to runs of this project alone, and hidden in their logs.
          </EmptyState>
        )}
        {data && data.length > 0 && <VariableTable all={data} about={about} />}
      </Section>
      <AskedVariables about={about} />
    </div>
  );
}
