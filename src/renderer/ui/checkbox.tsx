import type { InputHTMLAttributes } from 'react';
import { cx } from './cx.ts';

interface CheckboxProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> {
  /** One of several that exclude one another. */
  round?: boolean;
}

/** A mark that is set or not; its label comes from around it, or from `aria-label`. */
export function Checkbox({ round, className, ...rest }: CheckboxProps) {
  return (
    <input
      {...rest}
      type={round ? 'radio' : 'checkbox'}
      className={cx('mark', round ? 'rounded-full' : 'rounded-sm', className)}
    />
  );
}
