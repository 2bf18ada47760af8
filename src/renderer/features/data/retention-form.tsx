import { useStore } from '@tanstack/react-form';
import { z } from 'zod';
import type { Retention } from '#main/features/data/contract.ts';
import { client } from '../../core/client.ts';
import { FormField, FormProblem } from '../../core/forms/form-field.tsx';
import { useCommandForm } from '../../core/forms/use-command-form.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import { toast } from '../../ui/toast.ts';
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
    about: 'Chains leave them behind. The chain itself, its state and its snapshots stay.',
    rules: [['cacheDays', 'Age', 'days']],
  },
  {
    title: 'Traces of transactions',
    about: 'Recorded as local chains mine them, to look into after a restart or a revert.',
    rules: [
      ['traceDays', 'Age', 'days'],
      ['traceBytes', 'Together', 'GiB'],
    ],
  },
];

const all = groups.flatMap(({ rules }) => rules.map(([rule]) => rule));

type Texts = Record<Rule, string>;

/** The changed limits, as they are saved. */
const limitFields = (before: Retention) =>
  z
    .object(
      Object.fromEntries(
        all.map((rule) => [
          rule,
          z.string().refine((text) => limitOf(rule, text) !== undefined, {
            error: limitHint(rule),
          }),
        ]),
      ) as Record<Rule, z.ZodString>,
    )
    .transform(
      (texts): Partial<Retention> =>
        Object.fromEntries(
          all
            .map((rule) => [rule, limitOf(rule, texts[rule])] as const)
            .filter(([rule, limit]) => limit !== before[rule]),
        ),
    );

/** What is deleted automatically, once a day. An empty field is no limit. */
export function RetentionForm({ retention }: { retention: Retention }) {
  const before = Object.fromEntries(
    all.map((rule) => [rule, limitText(rule, retention[rule])]),
  ) as Texts;
  const { form, busy, failure } = useCommandForm({
    schema: limitFields(retention),
    values: before,
    send: client.data.setRetention,
    done: () => toast.success('Saved. It is applied once a day, or when you delete now.'),
  });
  const ready = useStore(
    form.store,
    ({ canSubmit, values }) => canSubmit && all.some((rule) => values[rule] !== before[rule]),
  );
  return (
    <Section title="How long it stays">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void form.handleSubmit();
        }}
        className="rounded-lg border border-line bg-panel"
      >
        {groups.map(({ title, about, rules }) => (
          <fieldset key={title} className="border-b border-line px-4 py-3">
            <legend className="float-left mb-0.5 w-full text-sm font-medium">{title}</legend>
            <p className="clear-both mb-2 text-xs text-ink-dim">{about}</p>
            <div className="grid grid-cols-3 gap-3">
              {rules.map(([rule, label, unit]) => (
                <form.Field key={rule} name={rule}>
                  {(field) => (
                    <FormField
                      field={field}
                      label={label}
                      note={unit}
                      inputMode="decimal"
                      placeholder="no limit"
                      aria-label={`${title}: ${label}, ${unit}`}
                    />
                  )}
                </form.Field>
              ))}
            </div>
          </fieldset>
        ))}
        <FormProblem failure={failure} />
        <div className="flex justify-end px-4 py-3">
          <Button type="submit" busy={busy} disabled={!ready}>
            Save
          </Button>
        </div>
      </form>
    </Section>
  );
}
