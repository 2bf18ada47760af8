import { useQuery } from '@tanstack/react-query';
import type { AskedVariable } from '#main/features/environments/contract.ts';
import { api } from '../../core/client.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';
import { type EnvironmentDialog, openEnvironmentDialog } from './dialog-state.ts';

type About = Pick<EnvironmentDialog, 'project' | 'target'>;

/** What the project's code asks for, found by reading it, and where a run would get it from. */
export function AskedVariables({ about }: { about: About }) {
  const input = { project: about.project.id, target: about.target };
  const { data, error, refetch } = useQuery({
    ...api.environments.check.queryOptions({ input }),
    // Its sources may have changed since.
    staleTime: 0,
  });
  return (
    <Section title="Asked for by the code">
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={3} />}
      {data?.asked.length === 0 && (
        <p className="text-sm text-ink-dim">Nothing here reads a variable.</p>
      )}
      {data && data.asked.length > 0 && (
        <Table label="Asked variables">
          <thead>
            <tr>
              <Th priority={0}>Name</Th>
              <Th priority={0}>From</Th>
              <Th priority={2}>Asked for in</Th>
              <Th priority={0}>
                <span className="sr-only">Actions</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {data.asked.map((one) => (
              <Row key={one.name} asked={one} about={about} />
            ))}
          </tbody>
        </Table>
      )}
      {data?.problems.map((problem) => (
        <p key={problem} className="mt-2 text-xs text-warn">
          {problem}
        </p>
      ))}
    </Section>
  );
}

function stateOf({ from, origin, isOptional }: AskedVariable) {
  if (from !== null) return { tone: 'ok', text: origin } as const;
  return isOptional
    ? ({ tone: 'idle', text: 'not set; it goes on without' } as const)
    : ({ tone: 'warn', text: 'missing' } as const);
}

function Row({ asked, about }: { asked: AskedVariable; about: About }) {
  const { name, places, from } = asked;
  const state = stateOf(asked);
  const [first, ...others] = places;
  return (
    <tr className="group">
      <Td mono className="text-ink">
        {name}
      </Td>
      <Td>
        <span className="inline-flex items-center gap-2">
          <StateDot tone={state.tone} />
          {state.text}
        </span>
      </Td>
      <Td mono>
        <span title={places.join('\n')}>
          {first}
          {others.length > 0 && ` and ${others.length} more`}
        </span>
      </Td>
      <Td end>
        {from === null && (
          <Button
            size="sm"
            aria-label={`Set ${name}`}
            onClick={() =>
              openEnvironmentDialog({ ...about, what: 'variable', variable: null, name })
            }
          >
            Set…
          </Button>
        )}
      </Td>
    </tr>
  );
}
