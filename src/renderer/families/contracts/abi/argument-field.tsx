import { Braces, Rows3 } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { FieldProblem } from '../../../ui/field.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import type { Shape } from './abi-shape.ts';
import { argumentHint } from './argument-check.ts';
import { pastedRows } from './pasted-rows.ts';
import { TypedEditor } from './typed-editor.tsx';
import { textOfTyped, textProblem, typedIn } from './typed-value.ts';
import { WordField } from './word-field.tsx';

interface ArgumentFieldProps {
  shape: Shape;
  /** Where it has no name. */
  label: string;
  /** As the core reads it. */
  value: string;
  /** Why a call with it was refused, or that it is missing. */
  refused?: string | null;
  onChange(value: string): void;
}

/**
 * One argument: a field by its type, lists and tuples as rows. What is invalid is said while it is
 * typed.
 */
export function ArgumentField(props: ArgumentFieldProps) {
  const { shape } = props;
  return (
    <div data-argument className={shape.of === 'word' ? 'min-w-0' : 'col-span-full min-w-0'}>
      {shape.of === 'word' ? <WordArgument {...props} /> : <PartsArgument {...props} />}
    </div>
  );
}

const typeOf = ({ type, note }: Shape): string => (note === null ? type : `${type} · ${note}`);

function WordArgument({ shape, label, value, refused, onChange }: ArgumentFieldProps) {
  const id = useId();
  const problem = refused ?? textProblem(shape, value);
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex items-baseline gap-1.5 text-xs">
        <label htmlFor={`${id}-field`} className="font-medium text-ink-soft">
          {shape.name || label}
        </label>
        <span className="truncate font-mono text-2xs text-ink-dim">{typeOf(shape)}</span>
      </div>
      <WordField
        id={`${id}-field`}
        type={shape.type}
        choices={shape.of === 'word' ? shape.choices : null}
        label={shape.name || label}
        value={value}
        invalid={problem !== null}
        describedBy={problem ? id : undefined}
        onChange={onChange}
      />
      {problem && (
        <p id={id} role="alert" className="text-xs text-bad">
          {problem}
        </p>
      )}
    </div>
  );
}

function PartsArgument({ shape, label, value, refused, onChange }: ArgumentFieldProps) {
  const [asText, setAsText] = useState(false);
  const typed = typedIn(shape, value);
  const problem = refused ?? textProblem(shape, value);
  const name = shape.name || label;
  // JSON and CSV become the text that the core reads.
  const take = (text: string) => {
    const rows =
      shape.of === 'list' && typedIn(shape, text) === null ? pastedRows(shape.item, text) : null;
    onChange(rows ? textOfTyped(shape, rows) : text);
  };
  if (asText || typed === null) {
    return (
      <div className="flex min-w-0 flex-col gap-1">
        <TextArea
          label={name}
          note={typeOf(shape)}
          rows={4}
          hint="A list as [1, 2], a tuple as (a, true); JSON or CSV of rows are taken, too."
          placeholder={argumentHint(shape.type)}
          value={value}
          error={problem}
          onChange={(event) => take(event.target.value)}
        />
        <Button
          size="sm"
          variant="ghost"
          className="self-start"
          icon={<Rows3 aria-hidden="true" size={14} />}
          disabled={typed === null}
          onClick={() => setAsText(false)}
        >
          As fields
        </Button>
      </div>
    );
  }
  return (
    <fieldset aria-label={name} className="flex min-w-0 flex-col gap-1.5">
      <div className="flex min-w-0 items-center gap-1.5 text-xs">
        <span className="font-medium text-ink-soft">{name}</span>
        <span className="min-w-0 flex-1 truncate font-mono text-2xs text-ink-dim">
          {typeOf(shape)}
        </span>
        <Button
          size="sm"
          variant="ghost"
          icon={<Braces aria-hidden="true" size={14} />}
          onClick={() => setAsText(true)}
        >
          Paste JSON or CSV
        </Button>
      </div>
      <TypedEditor
        shape={shape}
        typed={typed}
        label={name}
        onChange={(next) => onChange(textOfTyped(shape, next))}
      />
      {problem && <FieldProblem>{problem}</FieldProblem>}
    </fieldset>
  );
}
