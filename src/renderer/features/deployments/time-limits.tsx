import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import type { Limits } from '#main/features/deployments/contract.ts';
import { api, client } from '../../client.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ProblemNotice } from '../app/problem-notice.tsx';
import { queryClient } from '../app/query-client.ts';
import { useAction } from '../app/use-action.ts';
import { parseSpan, spanText } from './time-span.ts';

const fields: { name: keyof Limits; label: string; hint: string }[] = [
  { name: 'run', label: 'The whole run', hint: 'From its start to its end.' },
  { name: 'compile', label: 'Compile', hint: 'Also the download of a compiler.' },
  { name: 'simulate', label: 'Simulate', hint: 'The script against the network’s state.' },
  { name: 'broadcast', label: 'Broadcast', hint: 'Until every transaction is mined.' },
];

/** How long a project's runs may take. */
export function TimeLimits({ project }: { project: number }) {
  const input = { project };
  const limits = useQuery(api.deployments.limits.queryOptions({ input, staleTime: 0 }));
  if (limits.error) {
    return <ProblemNotice error={limits.error} onRetry={() => void limits.refetch()} />;
  }
  if (!limits.data) return <Skeleton rows={3} />;
  return <LimitsForm key={JSON.stringify(limits.data)} project={project} limits={limits.data} />;
}

function LimitsForm({ project, limits }: { project: number; limits: Limits }) {
  const { busy, run: act } = useAction();
  const [texts, setTexts] = useState<Partial<Record<keyof Limits, string>>>({});
  const textOf = (name: keyof Limits) => texts[name] ?? spanText(limits[name]);
  const changes: Partial<Limits> = {};
  let wrong = false;
  for (const { name } of fields) {
    const seconds = parseSpan(textOf(name));
    if (seconds === null) wrong = true;
    else if (seconds !== limits[name]) changes[name] = seconds;
  }
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (wrong || Object.keys(changes).length === 0) return;
    const saved = await act('save', () => client.deployments.setLimits({ project, ...changes }));
    if (!saved) return;
    queryClient.setQueryData(api.deployments.limits.queryKey({ input: { project } }), saved);
    toast.success('The time limits are saved; they hold from the next run on');
  };
  return (
    <form
      onSubmit={save}
      className="flex flex-col gap-3 rounded-lg border border-line bg-panel px-4 py-3"
    >
      <p className="text-sm text-ink-dim">
        A run that takes longer is ended, with every process of it. It is warned about when four
        fifths of the time are used up.
      </p>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(12rem,1fr))] gap-x-4 gap-y-3">
        {fields.map(({ name, label, hint }) => (
          <Field
            key={name}
            label={label}
            hint={hint}
            value={textOf(name)}
            error={
              parseSpan(textOf(name)) === null
                ? 'A time such as 90 s, 15 min or 1 h 30 min, up to a day.'
                : null
            }
            onChange={(event) => setTexts({ ...texts, [name]: event.target.value })}
          />
        ))}
      </div>
      <div className="flex justify-end">
        <Button
          type="submit"
          busy={busy !== null}
          disabled={wrong || Object.keys(changes).length === 0}
        >
          Save
        </Button>
      </div>
    </form>
  );
}
