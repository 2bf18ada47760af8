import { type TextareaHTMLAttributes, useId } from 'react';
import { cx } from './cx.ts';
import { inputLook } from './field.tsx';

interface TextAreaProps extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id'> {
  label: string;
  /** Shown after the label. */
  note?: string;
  hint?: string;
  error?: string | null;
}

/** A labelled field of several lines. */
export function TextArea({ label, note, hint, error, className, ...input }: TextAreaProps) {
  const id = useId();
  const described = error || hint ? `${id}-about` : undefined;
  return (
    <div className={cx('flex min-w-0 flex-col gap-1 text-xs', className)}>
      <div className="flex items-baseline gap-1.5">
        <label htmlFor={id} className="font-medium text-ink-soft">
          {label}
        </label>
        {note && <span className="font-mono text-2xs text-ink-dim">{note}</span>}
      </div>
      <textarea
        rows={2}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        {...input}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={described}
        className={cx(inputLook, 'h-auto min-h-[48px] resize-y py-1.5 font-mono text-xs')}
      />
      {described && (
        <p
          id={described}
          role={error ? 'alert' : undefined}
          className={error ? 'text-bad' : 'text-ink-dim'}
        >
          {error || hint}
        </p>
      )}
    </div>
  );
}
