import { useStore } from '@tanstack/react-form';
import { client } from '../../core/client.ts';
import { DialogForm } from '../../core/forms/dialog-form.tsx';
import { FormField, fieldError } from '../../core/forms/form-field.tsx';
import { useCommandForm } from '../../core/forms/use-command-form.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { toast } from '../../ui/toast.ts';
import type { EnvironmentDialog } from './dialog-state.ts';
import { type ScopeName, scopeInput, scopes, scopeWords } from './scopes.ts';
import { fieldsOf, type Look, type VariableFields, variableFields } from './variable-fields.ts';

const ways = [
  { value: 'value', text: 'Value', label: 'Value', detail: 'kept here, sealed' },
  { value: 'reference', text: 'Reference', label: 'Reference', detail: 'looked up by each run' },
] as const;

const lookOptions: { value: Look; text: string; label: string; detail?: string }[] = [
  { value: 'auto', text: 'auto', label: 'As it looks', detail: 'hidden unless plainly no secret' },
  { value: 'hidden', text: 'hidden', label: 'Hidden' },
  { value: 'shown', text: 'shown', label: 'Shown' },
];

interface VariableFormProps {
  dialog: Extract<EnvironmentDialog, { what: 'variable' }>;
  onClose(): void;
}

/** Keeps a variable, or changes one. The value that is kept is never shown in it. */
export function VariableForm({ dialog, onClose }: VariableFormProps) {
  const { project, variable, name: named } = dialog;
  const target = variable?.target ?? dialog.target;
  const isKept = variable !== null && variable.reference === null && variable.problem === null;
  const command = useCommandForm({
    schema: variableFields(isKept),
    values: fieldsOf(variable, named),
    send: ({ scope, ...input }) =>
      client.environments.set({ ...input, ...scopeInput(scope, project.id, target) }),
    done: ({ name }) => {
      toast.success(`${name} is kept`);
      onClose();
    },
  });
  const { form, failure } = command;
  const way = useStore(form.store, ({ values }) => values.way);
  return (
    <DialogForm command={command} verb="Save" onCancel={onClose} shows={['name', 'reference']}>
      <div className="grid grid-cols-2 gap-3">
        <form.Field name="name">
          {(field) => (
            <FormField
              field={field}
              failure={failure}
              label="Name"
              mono
              disabled={variable !== null}
              autoFocus={variable === null && named === undefined}
              placeholder="API_KEY"
            />
          )}
        </form.Field>
        <form.Field name="scope">
          {(field) => (
            <SelectField<ScopeName>
              label="For"
              value={field.state.value}
              disabled={variable !== null}
              options={scopes.map((scope) => ({
                ...{ value: scope, text: scopeWords[scope](target) },
                label: scopeWords[scope](target),
              }))}
              onChange={field.handleChange}
            />
          )}
        </form.Field>
        <form.Field name="way">
          {(field) => (
            <SelectField<VariableFields['way']>
              label="Given as"
              value={field.state.value}
              options={[...ways]}
              plainValue
              onChange={field.handleChange}
            />
          )}
        </form.Field>
        <form.Field name="look">
          {(field) => (
            <SelectField<Look>
              label="In logs"
              value={field.state.value}
              options={lookOptions.filter(({ value }) => variable === null || value !== 'auto')}
              plainValue
              onChange={field.handleChange}
            />
          )}
        </form.Field>
      </div>
      {way === 'value' ? (
        <form.Field name="value">
          {(field) => (
            <TextArea
              label="Value"
              className="[&_textarea]:[-webkit-text-security:disc]"
              autoFocus={variable !== null || named !== undefined}
              value={field.state.value}
              placeholder={isKept ? 'kept; type to replace it' : undefined}
              hint="Any text, also of several lines."
              error={fieldError(field)}
              onChange={({ target: { value } }) => field.handleChange(value)}
            />
          )}
        </form.Field>
      ) : (
        <form.Field name="reference">
          {(field) => (
            <FormField
              field={field}
              failure={failure}
              label="Reference"
              mono
              placeholder="op://vault/item/field"
              hint="Or env:NAME, file:path, keychain:service/account. It is looked up when a run begins, and its value is kept nowhere."
            />
          )}
        </form.Field>
      )}
      <form.Field name="note">
        {(field) => <FormField field={field} label="Note" note="optional" />}
      </form.Field>
    </DialogForm>
  );
}
