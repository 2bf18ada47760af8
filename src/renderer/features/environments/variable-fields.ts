import { z } from 'zod';
import {
  environments,
  type SetVariable,
  type Variable,
} from '#main/features/environments/contract.ts';
import { inputOf } from '../../core/forms/input-of.ts';
import { typedText } from '../../core/forms/texts.ts';
import { type ScopeName, scopeOf, scopes } from './scopes.ts';

const { name, value, reference, note } = inputOf(environments.set).shape;

/** What is said of a value: `auto` leaves it to what it looks like. */
export const looks = ['auto', 'hidden', 'shown'] as const;
export type Look = (typeof looks)[number];

const fields = z.object({
  name: typedText(name),
  scope: z.enum(scopes),
  way: z.enum(['value', 'reference']),
  value: z.string(),
  reference: z.string().trim(),
  look: z.enum(looks),
  note: typedText(note.unwrap()),
});
export type VariableFields = z.input<typeof fields>;

export const fieldsOf = (variable: Variable | null, named = ''): VariableFields => ({
  name: variable?.name ?? named,
  scope: variable ? scopeOf(variable) : 'project',
  way: variable?.reference ? 'reference' : 'value',
  // A value that is kept is typed again, or left as it is.
  value: '',
  reference: variable?.reference ?? '',
  look: variable ? (variable.secret ? 'hidden' : 'shown') : 'auto',
  note: variable?.note ?? '',
});

/** @param kept it has a value, which an empty field leaves */
export const variableFields = (kept: boolean) =>
  fields
    .superRefine((typed, context) => {
      const schema = typed.way === 'value' ? value.unwrap() : reference.unwrap();
      const given = typed[typed.way];
      const isLeft = typed.way === 'value' && given === '' && kept;
      const { error } = schema.safeParse(given);
      if (!isLeft && error) {
        context.addIssue({ code: 'custom', path: [typed.way], message: error.issues[0]?.message });
      }
    })
    .transform(
      ({
        way,
        look,
        ...typed
      }): Omit<SetVariable, 'project' | 'target'> & { scope: ScopeName } => ({
        ...{ name: typed.name, scope: typed.scope, note: typed.note },
        ...(look === 'auto' ? {} : { secret: look === 'hidden' }),
        ...(way === 'reference' ? { reference: typed.reference } : {}),
        ...(way === 'value' && !(kept && typed.value === '') ? { value: typed.value } : {}),
      }),
    );
