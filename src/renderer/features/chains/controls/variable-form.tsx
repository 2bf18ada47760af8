import { z } from 'zod';
import { contracts } from '#main/features/contracts/contract.ts';
import { client } from '../../../core/client.ts';
import { DialogForm } from '../../../core/forms/dialog-form.tsx';
import { FormField } from '../../../core/forms/form-field.tsx';
import { inputOf } from '../../../core/forms/input-of.ts';
import { typedText } from '../../../core/forms/texts.ts';
import { useCommandForm } from '../../../core/forms/use-command-form.ts';
import { Switch } from '../../../ui/switch.tsx';
import { closeControl } from './control-dialogs.ts';
import { noticeSet } from './set-notice.ts';

const { contract, variable } = inputOf(contracts.setStorage).shape;

const fields = z.object({
  contract: typedText(contract),
  variable: typedText(variable.unwrap()),
  value: z.string(),
  snapshot: z.boolean(),
});

/** A variable by its name, or a slot as it is. */
export function VariableForm({ chain }: { chain: string }) {
  const command = useCommandForm({
    schema: fields,
    values: { contract: '', variable: '', value: '', snapshot: true },
    send: ({ variable: named, ...input }) => {
      const slot = /^slot:\s*(.+)$/.exec(named)?.[1];
      const place = slot === undefined ? { variable: named } : { slot };
      return client.contracts.setStorage({ network: chain, ...input, ...place });
    },
    done: ({ name, snapshot }) => {
      noticeSet(chain, `${name} is set`, snapshot);
      closeControl();
    },
  });
  const { form, failure } = command;
  return (
    <DialogForm
      command={command}
      verb="Set"
      onCancel={closeControl}
      shows={['contract', 'variable', 'value']}
    >
      <form.Field name="contract">
        {(field) => (
          <FormField
            field={field}
            failure={failure}
            label="Contract"
            placeholder="address, label or name, e.g. vault.Token"
            autoFocus
          />
        )}
      </form.Field>
      <form.Field name="variable">
        {(field) => (
          <FormField
            field={field}
            failure={failure}
            label="Variable"
            placeholder="owner, boxes[2].label, balances[0x…] or slot:0x…"
            mono
          />
        )}
      </form.Field>
      <form.Field name="value">
        {(field) => <FormField field={field} failure={failure} label="Value" mono />}
      </form.Field>
      <form.Field name="snapshot">
        {(field) => (
          <Switch
            label="Take a snapshot first"
            checked={field.state.value}
            onChange={field.handleChange}
          />
        )}
      </form.Field>
    </DialogForm>
  );
}
