import { Plus, Trash2, Undo2 } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { FieldProblem, inputLook } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { type HeaderEdit, headerProblem } from './header-edits.ts';

interface HeaderFieldsProps {
  edits: readonly HeaderEdit[];
  /** Why the values that are kept can't be read any more. */
  problem?: string;
  onChange(edits: HeaderEdit[]): void;
}

/** What is sent with each request to the address of a fork: names are shown, values go in alone. */
export function HeaderFields({ edits, problem, onChange }: HeaderFieldsProps) {
  const put = (index: number, change: Partial<HeaderEdit>) =>
    onChange(edits.map((edit, at) => (at === index ? { ...edit, ...change } : edit)));
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 text-xs font-medium text-ink-soft">Request headers</legend>
      {edits.map((edit, index) => (
        <HeaderRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a row has nothing else that stays
          key={index}
          edit={edit}
          number={index + 1}
          problem={headerProblem(edit, edits)}
          onChange={(change) => put(index, change)}
          onRemove={() =>
            edit.isSaved
              ? put(index, { value: null })
              : onChange(edits.filter((_, at) => at !== index))
          }
        />
      ))}
      {problem && <FieldProblem>{problem}</FieldProblem>}
      <div className="flex items-center gap-3">
        <Button
          size="sm"
          icon={<Plus aria-hidden="true" size={13} />}
          onClick={() => onChange([...edits, { name: '', isSaved: false, value: '' }])}
        >
          Add a header
        </Button>
        <p className="text-xs text-ink-dim">
          For a node that asks for a key. Values are kept sealed, never shown, and go when the
          address is of another server.
        </p>
      </div>
    </fieldset>
  );
}

interface HeaderRowProps {
  edit: HeaderEdit;
  /** Among all, from 1 on. */
  number: number;
  problem: string | null;
  onChange(change: Partial<HeaderEdit>): void;
  onRemove(): void;
}

function HeaderRow({ edit, number, problem, onChange, onRemove }: HeaderRowProps) {
  const { name, isSaved, value } = edit;
  const called = name.trim() || `header ${number}`;
  const isGone = value === null;
  // What is only begun is not wrong yet.
  const shown = name !== '' && value !== '' ? problem : null;
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-1.5">
        {isSaved ? (
          <code
            className={cx(
              'w-40 shrink-0 truncate font-mono text-xs',
              isGone && 'text-ink-dim line-through',
            )}
            title={name}
          >
            {name}
          </code>
        ) : (
          <input
            // biome-ignore lint/a11y/noAutofocus: the row was just asked for
            autoFocus
            aria-label={`Name of header ${number}`}
            aria-invalid={shown ? true : undefined}
            placeholder="authorization"
            spellCheck={false}
            autoComplete="off"
            value={name}
            onChange={({ target }) => onChange({ name: target.value })}
            className={cx(inputLook, 'max-w-40 font-mono text-xs')}
          />
        )}
        {isGone ? (
          <span className="flex-1 text-xs text-ink-dim">goes when this is saved</span>
        ) : (
          <input
            type="password"
            aria-label={`Value of ${called}`}
            aria-invalid={shown ? true : undefined}
            placeholder={isSaved ? 'kept; type to replace it' : 'Bearer …'}
            autoComplete="off"
            value={value}
            onChange={({ target }) => onChange({ value: target.value })}
            className={cx(inputLook, 'flex-1 font-mono text-xs')}
          />
        )}
        {isGone ? (
          <IconButton
            label={`Keep ${called}`}
            icon={<Undo2 size={14} />}
            onClick={() => onChange({ value: '' })}
          />
        ) : (
          <IconButton label={`Remove ${called}`} icon={<Trash2 size={14} />} onClick={onRemove} />
        )}
      </div>
      {shown && <FieldProblem>{shown}</FieldProblem>}
    </div>
  );
}
