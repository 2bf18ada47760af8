import { cx } from '../../../../ui/cx.ts';
import { FieldProblem } from '../../../../ui/field.tsx';
import { linesIn } from '../../request/named-values.ts';
import type { ShownInput } from '../../request/shown-inputs.ts';
import type { ControlProps } from './control.ts';
import { LinesControl } from './text-control.tsx';

/** The suggestions of the chosen entry for an input. */
export const suggestedFor = ({ input, entry }: ShownInput): readonly string[] =>
  entry?.asks?.[input.name] ?? [];

/**
 * Chooses some of a few known values, each a button; where any value is allowed, others can be
 * typed.
 */
export function PickedControl(props: ControlProps) {
  const { shown, problem, onChange } = props;
  const { input, entry } = shown;
  const suggested = suggestedFor(shown);
  const lines = linesIn(shown.value);
  const mayBeOthers = entry?.note !== undefined || lines.some((one) => !suggested.includes(one));
  const toggle = (one: string) => {
    const next = lines.includes(one) ? lines.filter((line) => line !== one) : [...lines, one];
    onChange(next.length > 0 ? next : undefined);
  };
  return (
    <fieldset className="flex min-w-0 flex-col gap-1 text-xs">
      <legend className="mb-1 font-medium text-ink-soft">
        {input.label} <span className="font-mono text-2xs font-normal text-ink-dim">optional</span>
      </legend>
      <div className="flex flex-wrap gap-1.5">
        {suggested.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={lines.includes(one)}
            onClick={() => toggle(one)}
            className={cx(
              'h-[26px] rounded-md border px-2 font-mono text-xs',
              lines.includes(one)
                ? 'border-accent bg-hover text-ink'
                : 'border-line-strong text-ink-soft hover:bg-hover',
            )}
          >
            {one}
          </button>
        ))}
      </div>
      {mayBeOthers ? (
        <LinesControl {...props} />
      ) : (
        <>
          {input.help && <p className="text-ink-dim">{input.help}</p>}
          {problem && <FieldProblem>{problem.message}</FieldProblem>}
        </>
      )}
    </fieldset>
  );
}
