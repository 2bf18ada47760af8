import { useStore } from '@tanstack/react-form';
import { Bookmark } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { z } from 'zod';
import { type CallInput, saveCallInput } from '#main/features/contracts/contract.ts';
import { client } from '../../../core/client.ts';
import { FormField, FormProblem } from '../../../core/forms/form-field.tsx';
import { typedText } from '../../../core/forms/texts.ts';
import { useCommandForm } from '../../../core/forms/use-command-form.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog, DialogActions } from '../../../ui/dialog.tsx';

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
  const { form, busy, failure } = useCommandForm({
    schema: fields,
    values: { name: '' },
    send: ({ name }) => client.contracts.saveCall({ ...call, name }),
    done(saved) {
      toast.success(`${saved.name} is saved`);
      onClose();
    },
  });
  const canSubmit = useStore(form.store, (state) => state.canSubmit);
  return (
    <form
      onKeyDown={(event) => {
        // The form around it would send the call.
        if (event.key === 'Enter') event.stopPropagation();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        void form.handleSubmit();
      }}
      className="flex flex-col gap-3"
    >
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
      <FormProblem failure={failure} fields={['name']} />
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={busy} disabled={!canSubmit}>
          Save
        </Button>
      </DialogActions>
    </form>
  );
}
