import { z } from 'zod';
import { addressBook, type LabelledAddress } from '#main/features/address-book/contract.ts';
import { AddressField } from '../../core/addresses/address-field.tsx';
import { client } from '../../core/client.ts';
import { useCommand } from '../../core/commands/use-command.ts';
import { DialogForm } from '../../core/forms/dialog-form.tsx';
import { FormField, fieldError } from '../../core/forms/form-field.tsx';
import { inputOf } from '../../core/forms/input-of.ts';
import { typedText } from '../../core/forms/texts.ts';
import { useCommandForm } from '../../core/forms/use-command-form.ts';
import { Button } from '../../ui/button.tsx';
import { ColorChoice } from '../../ui/color-choice.tsx';
import { shortHex } from '../../ui/format.ts';
import { toast } from '../../ui/toast.ts';

const { address, label, color } = inputOf(addressBook.set).shape;

const fields = z.object({
  address: typedText(address),
  label: typedText(label.unwrap()),
  color: color.unwrap(),
});

interface LabelFormProps {
  /** null: on all networks. */
  network: string | null;
  /** null: it is to be given. */
  address: string | null;
  /** What is changed; null: it is new. */
  before: LabelledAddress | null;
  onClose(): void;
}

export function LabelForm({ network, address: given, before, onClose }: LabelFormProps) {
  const command = useCommandForm({
    schema: fields,
    values: {
      address: given ?? '',
      label: before?.label ?? '',
      color: before?.color ?? null,
    },
    send: (input) => client.addressBook.set({ ...input, network }),
    done: (one) => {
      toast.success(`${shortHex(one.address)} is called ${one.label}`);
      onClose();
    },
  });
  const { form, failure } = command;
  const removal = useCommand(client.addressBook.remove, {
    done: (one) => {
      toast.success(`${shortHex(one.address)} is no longer called ${one.label}`);
      onClose();
    },
  });
  return (
    <DialogForm
      command={command}
      verb="Save"
      onCancel={onClose}
      shows={['label']}
      aside={
        before && (
          <Button
            variant="ghost"
            busy={removal.busy}
            onClick={() => void removal.send({ address: before.address, network })}
          >
            Remove label
          </Button>
        )
      }
    >
      {given === null && (
        <form.Field name="address">
          {(field) => (
            <AddressField
              label="Address"
              network={network}
              value={field.state.value}
              error={fieldError(field)}
              onChange={field.handleChange}
              autoFocus
            />
          )}
        </form.Field>
      )}
      <form.Field name="label">
        {(field) => (
          <FormField
            field={field}
            failure={failure}
            label="Label"
            placeholder="Treasury"
            autoFocus={given !== null}
          />
        )}
      </form.Field>
      <form.Field name="color">
        {(field) => <ColorChoice value={field.state.value} onChange={field.handleChange} />}
      </form.Field>
    </DialogForm>
  );
}
