import type { AnyFieldApi } from '@tanstack/react-form';
import type { ComponentProps } from 'react';
import { Field } from '../../ui/field.tsx';
import { problemOf } from '../problems/problem.ts';
import { ProblemNotice } from '../problems/problem-notice.tsx';

interface FormFieldProps extends Omit<ComponentProps<typeof Field>, 'value' | 'error'> {
  field: AnyFieldApi;
  /** The core's error for the form, which may be about this field. */
  failure?: unknown;
}

/** The first problem of what was typed; none for an untouched field. */
export function fieldError(field: AnyFieldApi): string | null {
  const { isDirty, errors } = field.state.meta;
  return isDirty ? (errors[0]?.message ?? null) : null;
}

const isAbout = (failure: unknown, name: string): boolean =>
  Boolean(failure) && problemOf(failure).field === name;

/** A text field of a form, with its problem below it. */
export function FormField({ field, failure, onChange, ...props }: FormFieldProps) {
  const error =
    fieldError(field) ?? (isAbout(failure, field.name) ? problemOf(failure).message : null);
  return (
    <Field
      {...props}
      value={field.state.value}
      error={error}
      onChange={(event) => {
        field.handleChange(event.target.value);
        onChange?.(event);
      }}
    />
  );
}

/** The core's error for the form as a whole; `fields` show their own. */
export function FormProblem({
  failure,
  fields = [],
}: {
  failure: unknown;
  fields?: readonly string[];
}) {
  if (!failure || fields.some((name) => isAbout(failure, name))) return null;
  return <ProblemNotice error={failure} />;
}
