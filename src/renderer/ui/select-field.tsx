import type { ComponentProps } from 'react';
import { Select } from './select.tsx';

/** A list to choose from, with its label above it as a text field has. */
export function SelectField<T extends string>(props: ComponentProps<typeof Select<T>>) {
  return (
    <div className="flex min-w-0 flex-col gap-1 text-xs">
      <span aria-hidden="true" className="font-medium text-ink-soft">
        {props.label}
      </span>
      <Select {...props} />
    </div>
  );
}
