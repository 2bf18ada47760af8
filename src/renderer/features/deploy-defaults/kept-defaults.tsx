import { useQuery } from '@tanstack/react-query';
import type { KeptDefaults } from '#main/features/deploy-defaults/contract.ts';
import type { Project } from '#main/features/projects/contract.ts';
import { EVERY_TARGET } from '#main/shared/kept-defaults.ts';
import type { KindInfo } from '#main/shared/kind.ts';
import { api, client } from '../../core/client.ts';
import { useCommands } from '../../core/commands/use-commands.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { useKind } from '../../core/queries/use-kinds.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toast.ts';

/** What deploys of a project begin with, by network. */
export function KeptDefaultsSection({ project }: { project: Project }) {
  const input = { project: project.id };
  const { data, error, refetch } = useQuery(api.deployDefaults.list.queryOptions({ input }));
  const kind = useKind(project.kind);
  return (
    <Section title="Defaults">
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!error && !(data && kind) && <Skeleton rows={2} />}
      {data && kind && data.length === 0 && (
        <p className="text-sm text-ink-dim">
          Deploys begin as usual everywhere. The menu of the deploy form keeps what it holds, for
          its network or for all of them.
        </p>
      )}
      {data && kind && data.length > 0 && (
        <ul
          aria-label="Defaults by network"
          className="divide-y divide-line rounded-lg border border-line bg-panel"
        >
          {data.map((one) => (
            <Kept key={one.target} project={project.id} kept={one} kind={kind} />
          ))}
        </ul>
      )}
    </Section>
  );
}

const textOf = (value: unknown): string => {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return Array.isArray(value) ? value.map(String).join(', ') : String(value);
};

function Kept({
  project,
  kept: { target, input },
  kind,
}: {
  project: number;
  kept: KeptDefaults;
  kind: KindInfo;
}) {
  const { busy, run } = useCommands();
  const where = target === EVERY_TARGET ? 'everywhere' : target;
  const forget = async () => {
    const done = await run('forget', () => client.deployDefaults.remove({ project, target }));
    const deploys = target === EVERY_TARGET ? 'All deploys' : `Deploys to ${target}`;
    if (done) toast.success(`${deploys} begin as usual again`);
  };
  const label = (name: string) => kind.inputs.find((one) => one.name === name)?.label ?? name;
  return (
    <li className="flex items-start gap-4 px-4 py-2.5">
      <h3 className="w-28 shrink-0 truncate pt-px text-sm font-medium">{where}</h3>
      <dl className="grid min-w-0 flex-1 grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
        {Object.entries(input).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-dim">{label(name)}</dt>
            <dd className="font-mono text-xs leading-5 break-words">{textOf(value)}</dd>
          </div>
        ))}
      </dl>
      <Button
        size="sm"
        variant="ghost"
        busy={busy !== null}
        aria-label={`Forget default for ${where}`}
        onClick={forget}
      >
        Forget
      </Button>
    </li>
  );
}
