import type { InputHTMLAttributes } from 'react';
import { cx } from './cx.ts';

interface CheckboxProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> {
  /** One of several that exclude one another. */
  round?: boolean;
  /** Of some of what it stands for it is set. */
  mixed?: boolean;
}

/** A mark that is set or not; its label comes from around it, or from `aria-label`. */
export function Checkbox({ round, mixed = false, className, ...rest }: CheckboxProps) {
  return (
    <input
      {...rest}
      ref={(input) => {
        if (input) input.indeterminate = mixed;
      }}
      type={round ? 'radio' : 'checkbox'}
      className={cx('mark', round ? 'rounded-full' : 'rounded-sm', className)}
    />
  );
}
