import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import type { Retention } from '#main/features/data/contract.ts';
import { api, client } from '../../client.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Section } from '../../ui/section.tsx';
import { queryClient } from '../app/query-client.ts';
import { useAction } from '../app/use-action.ts';
import { limitHint, limitOf, limitText, type Rule } from './limit-text.ts';

const groups: { title: string; about: string; rules: [Rule, string, string][] }[] = [
  {
    title: 'Logs of runs',
    about: 'The records stay. Kept anyway: pinned and live runs, and the newest 20 of a project.',
    rules: [
      ['logDays', 'Age', 'days'],
      ['logRuns', 'Of a project', 'runs'],
      ['logBytes', 'Together', 'GiB'],
    ],
  },
  {
    title: 'Automatic snapshots',
    about: 'Named ones are never deleted, nor the current one, nor those before live runs.',
    rules: [
      ['snapshotDays', 'Age', 'days'],
      ['snapshotCount', 'Of a chain', 'at most 50'],
      ['snapshotBytes', 'Together', 'GiB'],
    ],
  },
  {
    title: 'Daily backups',
    about: 'Those made on demand are never deleted by themselves, nor the newest.',
    rules: [
      ['backupDays', 'Age', 'days'],
      ['backupCount', 'How many', 'backups'],
      ['backupBytes', 'Together', 'GiB'],
    ],
  },
  {
    title: 'Old states of stopped chains',
    about: 'anvil leaves them behind. The chain itself, its state and its snapshots stay.',
    rules: [['cacheDays', 'Age', 'days']],
  },
];

const all = groups.flatMap(({ rules }) => rules.map(([rule]) => rule));

/** What is deleted by itself, once a day. An empty field is no limit. */
export function RetentionForm({ retention }: { retention: Retention }) {
  const [texts, setTexts] = useState(
    () =>
      Object.fromEntries(all.map((rule) => [rule, limitText(rule, retention[rule])])) as Record<
        Rule,
        string
      >,
  );
  const { busy, run } = useAction();
  const changed = all.filter((rule) => texts[rule] !== limitText(rule, retention[rule]));
  const wrong = all.filter((rule) => limitOf(rule, texts[rule]) === undefined);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (wrong.length > 0) return;
    const patch = Object.fromEntries(changed.map((rule) => [rule, limitOf(rule, texts[rule])]));
    if (!(await run('save', () => client.data.setRetention(patch)))) return;
    void queryClient.invalidateQueries({ queryKey: api.data.retention.key() });
    toast.success('Saved. It is applied once a day, or when you delete now.');
  };
  return (
    <Section title="How long it stays">
      <form onSubmit={save} className="rounded-lg border border-line bg-panel">
        {groups.map(({ title, about, rules }) => (
          <fieldset key={title} className="border-b border-line px-4 py-3">
            <legend className="float-left mb-0.5 w-full text-sm font-medium">{title}</legend>
            <p className="clear-both mb-2 text-xs text-ink-dim">{about}</p>
            <div className="grid grid-cols-3 gap-3">
              {rules.map(([rule, label, unit]) => (
                <Field
                  key={rule}
                  label={label}
                  note={unit}
                  inputMode="decimal"
                  placeholder="no limit"
                  aria-label={`${title}: ${label}, ${unit}`}
                  value={texts[rule]}
                  error={wrong.includes(rule) ? limitHint(rule) : null}
                  onChange={(event) => setTexts({ ...texts, [rule]: event.target.value })}
                />
              ))}
            </div>
          </fieldset>
        ))}
        <div className="flex justify-end px-4 py-3">
          <Button
            type="submit"
            busy={busy === 'save'}
            disabled={changed.length === 0 || wrong.length > 0}
          >
            Save
          </Button>
        </div>
      </form>
    </Section>
  );
}
