import { useQuery } from '@tanstack/react-query';
import type { Cleaned } from '#main/features/containers/contract.ts';
import { api, client } from '../../core/client.ts';
import { useCommands } from '../../core/commands/use-commands.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { bytes, plural } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toast.ts';

const amount = ({ containers, volumes, networks }: Cleaned): string =>
  [
    containers.length > 0 ? plural(containers.length, 'container') : '',
    volumes.length > 0 ? plural(volumes.length, 'volume') : '',
    networks.length > 0 ? plural(networks.length, 'network') : '',
  ]
    .filter(Boolean)
    .join(', ');

/** Leftovers that belong to nothing any more, and a way to remove them. */
export function Orphans() {
  const { busy, run } = useCommands();
  const plan = useQuery(api.containers.cleanup.queryOptions({ input: { dryRun: true } }));
  const clean = async () => {
    const done = await run('clean', () => client.containers.cleanup({}));
    if (done) toast.success(`Removed ${amount(done) || 'nothing'}`);
  };
  const found = plan.data && [...plan.data.containers, ...plan.data.volumes, ...plan.data.networks];
  return (
    <Section title="Orphans">
      {plan.error && <ProblemNotice error={plan.error} onRetry={() => void plan.refetch()} />}
      {!plan.data && !plan.error && <Skeleton rows={1} />}
      {plan.data && found && (
        <div className="flex flex-col gap-3 rounded-lg border border-line bg-panel px-4 py-3 text-sm">
          <p className="text-ink-dim">
            {found.length === 0 && 'There are none. '}Orphans are containers, volumes and networks
            of Drydock that nothing knows of any more: of removed projects and networks, and of data
            folders that are gone. What isn’t Drydock’s is never touched.
          </p>
          {found.length > 0 && (
            <div className="flex flex-wrap items-end justify-between gap-3">
              <ul className="flex min-w-0 flex-col gap-1">
                {found.map((one) => (
                  <li key={one.name} className="break-words">
                    <span className="font-mono text-xs">{one.name}</span>{' '}
                    <span className="text-ink-dim">{one.reason}</span>
                  </li>
                ))}
              </ul>
              <Button variant="danger" busy={busy !== null} onClick={() => void clean()}>
                Remove {amount(plan.data)}
                {plan.data.bytes > 0 && `, ${bytes(plan.data.bytes)}`}
              </Button>
            </div>
          )}
        </div>
      )}
    </Section>
  );
}
