import { z } from 'zod';
import { keyName } from '#main/features/keys/contract.ts';
import { client } from '../../core/client.ts';
import { DialogForm } from '../../core/forms/dialog-form.tsx';
import { FormField } from '../../core/forms/form-field.tsx';
import { useCommandForm } from '../../core/forms/use-command-form.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { toast } from '../../ui/toast.ts';

/** What is asked about keys. */
export type KeyDialog = { what: 'create' | 'import' } | { what: 'unlock' | 'remove'; name: string };

interface Props {
  dialog: KeyDialog | null;
  onClose(): void;
}

const titles: Record<KeyDialog['what'], string> = {
  create: 'New key',
  import: 'Import a key',
  unlock: 'Unlock the key',
  remove: 'Delete the key',
};

export function KeyDialogs({ dialog, onClose }: Props) {
  return (
    <Dialog title={dialog ? titles[dialog.what] : ''} open={dialog !== null} onClose={onClose}>
      {dialog?.what === 'create' && <MakeForm onClose={onClose} />}
      {dialog?.what === 'import' && <MakeForm onClose={onClose} imports />}
      {dialog?.what === 'unlock' && <UnlockForm name={dialog.name} onClose={onClose} />}
      {dialog?.what === 'remove' && <RemoveForm name={dialog.name} onClose={onClose} />}
    </Dialog>
  );
}

const made = z.object({ name: keyName, privateKey: z.string(), password: z.string().max(1024) });

function MakeForm({ imports = false, onClose }: { imports?: boolean; onClose(): void }) {
  const command = useCommandForm({
    schema: made,
    values: { name: '', privateKey: '', password: '' },
    send({ name, privateKey, password }) {
      const own = password === '' ? {} : { password };
      return imports
        ? client.keys.import({ name, privateKey, ...own })
        : client.keys.create({ name, ...own });
    },
    done({ name, address }) {
      toast.success(`The key ${name} is ${address}`, {
        description: 'Keep a copy of its keystore.',
      });
      onClose();
    },
  });
  const { form } = command;
  return (
    <DialogForm command={command} verb={imports ? 'Import' : 'Make'} onCancel={onClose}>
      <form.Field name="name">
        {(field) => <FormField field={field} label="Name" placeholder="deployer" autoFocus />}
      </form.Field>
      {imports && (
        <form.Field name="privateKey">
          {(field) => (
            <FormField
              field={field}
              label="Private key"
              hint="32 bytes in hex. It goes into the keystore, and nowhere else."
              type="password"
              mono
            />
          )}
        </form.Field>
      )}
      <form.Field name="password">
        {(field) => (
          <FormField
            field={field}
            label="Password"
            hint="Asked for each time. Empty: one is made up and kept, sealed."
            type="password"
            autoComplete="new-password"
          />
        )}
      </form.Field>
    </DialogForm>
  );
}

function UnlockForm({ name, onClose }: { name: string; onClose(): void }) {
  const command = useCommandForm({
    schema: z.object({ password: z.string().min(1) }),
    values: { password: '' },
    send: ({ password }) => client.keys.grant({ name, password }),
    done: onClose,
  });
  const { form } = command;
  return (
    <DialogForm command={command} verb="Unlock" onCancel={onClose}>
      <form.Field name="password">
        {(field) => (
          <FormField field={field} label={`Password of ${name}`} type="password" autoFocus />
        )}
      </form.Field>
    </DialogForm>
  );
}

function RemoveForm({ name, onClose }: { name: string; onClose(): void }) {
  const command = useCommandForm({
    schema: z.object({ confirm: z.literal(name) }),
    values: { confirm: '' as typeof name },
    send: ({ confirm }) => client.keys.remove({ name, confirm }),
    done: onClose,
  });
  const { form } = command;
  return (
    <DialogForm command={command} verb="Delete" isDanger onCancel={onClose}>
      <p className="text-sm">
        Its keystore is deleted. What only this key can move is lost for good, unless you have a
        copy.
      </p>
      <form.Field name="confirm">
        {(field) => <FormField field={field} label={`Type ${name} to delete it`} autoFocus />}
      </form.Field>
    </DialogForm>
  );
}
