import { z } from 'zod';
import { networkInput } from '#main/features/networks/contract.ts';

const { keyType, valueType } = networkInput.shape.headers.unwrap();

/** A request header as the form holds it. */
export interface HeaderEdit {
  name: string;
  /** Its value is kept by the core, which never tells it. */
  isSaved: boolean;
  /** As typed. Of a saved one, empty: it stays as it is; null: it goes. */
  value: string | null;
}

export const editsOf = (names: readonly string[]): HeaderEdit[] =>
  names.map((name) => ({ name, isSaved: true, value: '' }));

const isBlank = ({ name, value }: HeaderEdit): boolean => name.trim() === '' && value === '';

const said = (schema: z.ZodType, text: string): string | null =>
  schema.safeParse(text.trim()).error?.issues[0]?.message ?? null;

/** What is wrong with one of them; null: nothing. */
export function headerProblem(edit: HeaderEdit, all: readonly HeaderEdit[]): string | null {
  const { name, isSaved, value } = edit;
  if (isBlank(edit) || (isSaved && !value)) return null;
  const isSame = (other: HeaderEdit) =>
    other.name.trim().toLowerCase() === name.trim().toLowerCase();
  if (all.filter(isSame).length > 1) return `${name.trim()} is in the list already.`;
  return said(keyType, name) ?? said(valueType, value ?? '');
}

/** Converts the edits to what a network is saved with: what stays as it is is left out. */
export const headerEdits = z
  .custom<HeaderEdit[]>()
  .superRefine((edits, context) => {
    if (edits.every((edit) => headerProblem(edit, edits) === null)) return;
    context.addIssue({ code: 'custom', message: 'A header can’t be sent so.' });
  })
  .transform((edits): Record<string, string | null> => {
    const changed = edits.filter((edit) => !isBlank(edit) && !(edit.isSaved && edit.value === ''));
    return Object.fromEntries(
      changed.map(({ name, value }) => [name.trim(), value?.trim() ?? null]),
    );
  });
