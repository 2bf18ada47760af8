import { Bookmark } from 'lucide-react';
import { useState } from 'react';
import { z } from 'zod';
import type { CallInput } from '#main/features/contracts/contract/calls.ts';
import { saveCallInput } from '#main/features/contracts/contract/saved-calls.ts';
import { client } from '../../../core/client.ts';
import { DialogForm } from '../../../core/forms/dialog-form.tsx';
import { FormField } from '../../../core/forms/form-field.tsx';
import { typedText } from '../../../core/forms/texts.ts';
import { useCommandForm } from '../../../core/forms/use-command-form.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { toast } from '../../../ui/toast.ts';

interface SaveCallProps {
  call: CallInput;
  disabled: boolean;
}

/** Keeps a call under a name, to be made again. */
export function SaveCall({ call, disabled }: SaveCallProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        icon={<Bookmark aria-hidden="true" size={14} />}
        disabled={disabled}
        onClick={() => setIsOpen(true)}
      >
        Save call…
      </Button>
      <Dialog
        title="Save call"
        description="With its arguments, sender and value, for this page and for “drydock contract call run”."
        open={isOpen}
        onClose={() => setIsOpen(false)}
      >
        <NameForm call={call} onClose={() => setIsOpen(false)} />
      </Dialog>
    </>
  );
}

const fields = z.object({ name: typedText(saveCallInput.shape.name) });

function NameForm({ call, onClose }: { call: CallInput; onClose(): void }) {
  const command = useCommandForm({
    schema: fields,
    values: { name: '' },
    send: ({ name }) => client.contracts.saveCall({ ...call, name }),
    done(saved) {
      toast.success(`${saved.name} is saved`);
      onClose();
    },
  });
  const { form, failure } = command;
  return (
    <DialogForm command={command} verb="Save" onCancel={onClose} shows={['name']}>
      <form.Field name="name">
        {(field) => (
          <FormField
            field={field}
            failure={failure}
            label="Name"
            placeholder="Raise the fee"
            autoFocus
          />
        )}
      </form.Field>
    </DialogForm>
  );
}
