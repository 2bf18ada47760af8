import { argumentProblem } from './argument-check.ts';
import { type PartProps, RowsEditor } from './rows-editor.tsx';
import { WordField } from './word-field.tsx';

/** A value by its shape: a word as a field, a tuple as its members, a list as rows. */
export function TypedEditor(props: PartProps) {
  const { shape, typed, label, onChange } = props;
  if (shape.of === 'word') {
    const text = typeof typed === 'string' ? typed : '';
    return (
      <WordField
        type={shape.type}
        choices={shape.choices}
        label={label}
        value={text}
        quiet={props.quiet}
        invalid={text !== '' && argumentProblem(shape, text) !== null}
        onChange={onChange}
      />
    );
  }
  const parts = typeof typed === 'string' ? [] : typed;
  if (shape.of === 'list') {
    return (
      <RowsEditor shape={shape} Part={TypedEditor} rows={parts} label={label} onChange={onChange} />
    );
  }
  return (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] gap-x-3 gap-y-2 rounded-lg border border-line p-2.5">
      {shape.members.map((member, i) => {
        const name = member.name || `[${i}]`;
        return (
          <div
            key={`${name} ${member.type}`}
            className={member.of === 'word' ? 'flex min-w-0 flex-col gap-1' : 'col-span-full'}
          >
            <span className="flex items-baseline gap-1.5 text-xs">
              <span className="text-ink-soft">{name}</span>
              <span className="truncate font-mono text-2xs text-ink-dim">{member.type}</span>
            </span>
            <TypedEditor
              shape={member}
              typed={parts[i] ?? ''}
              label={`${label}.${name}`}
              onChange={(next) => onChange(parts.with(i, next))}
            />
          </div>
        );
      })}
    </div>
  );
}
