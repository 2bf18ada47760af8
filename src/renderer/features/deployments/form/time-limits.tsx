import { useStore } from '@tanstack/react-form';
import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import type { Limits } from '#main/features/deployments/contract.ts';
import type { Project } from '#main/features/projects/contract.ts';
import type { KindInfo } from '#main/shared/kind.ts';
import { api, client } from '../../../core/client.ts';
import { FormField, FormProblem } from '../../../core/forms/form-field.tsx';
import { useCommandForm } from '../../../core/forms/use-command-form.ts';
import { ProblemNotice } from '../../../core/problems/problem-notice.tsx';
import { useKind } from '../../../core/queries/use-kinds.ts';
import { queryClient } from '../../../core/query-client.ts';
import { Button } from '../../../ui/button.tsx';
import { Section } from '../../../ui/section.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { parseSpan, spanText } from '../../../ui/time-span.ts';
import { toast } from '../../../ui/toast.ts';

/** How long a project's runs may take. */
export function TimeLimits({ project }: { project: Project }) {
  const input = { project: project.id };
  const limits = useQuery(api.deployments.limits.queryOptions({ input, staleTime: 0 }));
  const kind = useKind(project.kind);
  return (
    <Section title="Time limits">
      {limits.error && <ProblemNotice error={limits.error} onRetry={() => void limits.refetch()} />}
      {!limits.error && !(limits.data && kind) && <Skeleton rows={3} />}
      {limits.data && kind && (
        <LimitsForm
          key={JSON.stringify(limits.data)}
          project={project.id}
          kind={kind}
          limits={limits.data}
        />
      )}
    </Section>
  );
}

interface LimitsFormProps {
  project: number;
  kind: KindInfo;
  limits: Limits;
}

const span = z.string().refine((text) => parseSpan(text) !== null, {
  error: 'A time such as 90 s, 15 min or 1 h 30 min, up to a day.',
});

/** The changed fields, as seconds. */
const limitFields = (before: Limits) =>
  z.record(z.string(), span).transform(
    (texts): Limits =>
      Object.fromEntries(
        Object.entries(texts)
          .map(([id, text]) => [id, parseSpan(text)] as const)
          .filter(([id, seconds]) => seconds !== before[id]),
      ),
  );

function LimitsForm({ project, kind, limits }: LimitsFormProps) {
  const rows = [
    { id: 'run', label: 'The whole run', about: 'From its start to its end.' },
    ...kind.phases.filter(({ limit }) => limit !== null),
  ];
  const before = Object.fromEntries(rows.map(({ id }) => [id, spanText(limits[id] ?? 0)]));
  const { form, busy, failure } = useCommandForm({
    schema: limitFields(limits),
    values: before,
    send: (changes) => client.deployments.setLimits({ project, limits: changes }),
    done: (saved) => {
      queryClient.setQueryData(api.deployments.limits.queryKey({ input: { project } }), saved);
      toast.success('The time limits are saved; they hold from the next run on');
    },
  });
  const ready = useStore(
    form.store,
    ({ canSubmit, values }) =>
      canSubmit && rows.some(({ id }) => parseSpan(values[id] ?? '') !== limits[id]),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void form.handleSubmit();
      }}
      className="flex flex-col gap-3 rounded-lg border border-line bg-panel px-4 py-3"
    >
      <p className="text-sm text-ink-dim">
        A run that takes longer is ended, with every process of it. It is warned about when four
        fifths of the time are used up.
      </p>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(12rem,1fr))] gap-x-4 gap-y-3">
        {rows.map(({ id, label, about }) => (
          <form.Field key={id} name={id}>
            {(field) => <FormField field={field} label={label} hint={about} />}
          </form.Field>
        ))}
      </div>
      <FormProblem failure={failure} />
      <div className="flex justify-end">
        <Button type="submit" busy={busy} disabled={!ready}>
          Save
        </Button>
      </div>
    </form>
  );
}
