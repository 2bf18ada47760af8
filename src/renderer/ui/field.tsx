import { type InputHTMLAttributes, type ReactNode, useId } from 'react';
import { cx } from './cx.ts';

interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'id'> {
  label: string;
  /** Shown after the label, e.g. a type. */
  note?: string;
  hint?: ReactNode;
  error?: string | null;
  mono?: boolean;
}

export const inputLook =
  'h-[30px] w-full min-w-0 rounded-md border border-edge bg-ground px-2.5 text-sm text-ink placeholder:text-ink-dim focus-visible:border-accent aria-invalid:border-bad';

/** The problem of a control that doesn't show it itself; displayed below it. */
export function FieldProblem({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <p role="alert" className={cx('text-xs text-bad', className)}>
      {children}
    </p>
  );
}

/** A labelled text field; the error is announced and tied to the input. */
export function Field({ label, note, hint, error, mono, className, ...input }: FieldProps) {
  const id = useId();
  const described = error || hint ? `${id}-about` : undefined;
  return (
    <div className={cx('flex min-w-0 flex-col gap-1', className)}>
      <div className="flex items-baseline gap-1.5 text-xs">
        <label htmlFor={id} className="font-medium text-ink-soft">
          {label}
        </label>
        {note && <span className="font-mono text-2xs text-ink-dim">{note}</span>}
      </div>
      <input
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        {...input}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={described}
        className={cx(inputLook, mono && 'font-mono text-xs')}
      />
      {described && (
        <p
          id={described}
          role={error ? 'alert' : undefined}
          className={cx('text-xs', error ? 'text-bad' : 'text-ink-dim')}
        >
          {error || hint}
        </p>
      )}
    </div>
  );
}
