import { z } from 'zod';
import { chains, type Snapshot } from '#main/features/chains/contract.ts';
import { client } from '../../../core/client.ts';
import { DialogForm } from '../../../core/forms/dialog-form.tsx';
import { FormField, fieldError } from '../../../core/forms/form-field.tsx';
import { inputOf } from '../../../core/forms/input-of.ts';
import { typedText } from '../../../core/forms/texts.ts';
import { useCommandForm } from '../../../core/forms/use-command-form.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import type { SnapshotText } from './use-snapshot-menu.tsx';

const { name, note } = inputOf(chains.describeSnapshot).shape;
const fields = z.object({
  name: typedText(name, 'From 1 to 120 characters.'),
  note: typedText(note, 'Up to 10,000 characters.'),
});

interface SnapshotDialogProps {
  snapshot: Snapshot;
  /** The field that has the focus first. */
  focus: SnapshotText;
  onClose(): void;
}

/** Name and note of a snapshot. */
export function SnapshotDialog({ snapshot, focus, onClose }: SnapshotDialogProps) {
  return (
    <Dialog title={`Snapshot “${snapshot.name}”`} open onClose={onClose}>
      <SnapshotTextForm snapshot={snapshot} focus={focus} onClose={onClose} />
    </Dialog>
  );
}

function SnapshotTextForm({ snapshot, focus, onClose }: SnapshotDialogProps) {
  const { chain, id, automatic } = snapshot;
  const command = useCommandForm({
    schema: fields,
    values: { name: snapshot.name, note: snapshot.note },
    send: (input) => client.chains.describeSnapshot({ chain, snapshot: id, ...input }),
    done: onClose,
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
            maxLength={120}
            hint={automatic ? 'With a name of your own it is kept until you delete it.' : undefined}
            autoFocus={focus === 'name'}
            onFocus={(event) => event.target.select()}
          />
        )}
      </form.Field>
      <form.Field name="note">
        {(field) => (
          <TextArea
            label="Note"
            rows={4}
            value={field.state.value}
            error={fieldError(field)}
            autoFocus={focus === 'note'}
            placeholder="What it holds, or what it is kept for"
            onChange={({ target }) => field.handleChange(target.value)}
          />
        )}
      </form.Field>
    </DialogForm>
  );
}
