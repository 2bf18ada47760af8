import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { keyName } from '#main/features/keys/contract.ts';
import { api, client } from '../../core/client.ts';
import { DialogForm } from '../../core/forms/dialog-form.tsx';
import { FormField } from '../../core/forms/form-field.tsx';
import { useCommandForm } from '../../core/forms/use-command-form.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField } from '../../ui/select-field.tsx';
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

/** In place of an entry of another tool's keystore. */
const TYPED = '';

const made = z.object({
  name: keyName,
  /** Of another keystore. */
  entry: z.string(),
  /** The private key, or the password of the keystore that has it. */
  secret: z.string(),
  password: z.string().max(1024),
});

function MakeForm({ imports = false, onClose }: { imports?: boolean; onClose(): void }) {
  const { data: sources = [] } = useQuery(
    api.keys.sources.queryOptions({ enabled: imports, staleTime: 0 }),
  );
  const offered = sources.flatMap(({ source, entries }) =>
    entries.map((entry) => ({ value: JSON.stringify([source, entry]), source, entry })),
  );
  const command = useCommandForm({
    schema: made,
    values: { name: '', entry: TYPED, secret: '', password: '' },
    send({ name, entry, secret, password }) {
      const own = password === '' ? {} : { password };
      if (!imports) return client.keys.create({ name, ...own });
      const taken = offered.find(({ value }) => value === entry);
      return client.keys.import({
        ...{ name, ...own },
        ...(taken
          ? { from: { source: taken.source, entry: taken.entry, password: secret } }
          : { privateKey: secret }),
      });
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
      {imports && offered.length > 0 && (
        <form.Field name="entry">
          {({ state, handleChange }) => (
            <SelectField
              label="From"
              value={state.value}
              onChange={(value) => handleChange(value)}
              options={[
                { value: TYPED, label: 'a private key', text: 'a private key' },
                ...offered.map(({ value, source, entry }) => ({
                  value,
                  label: `${entry} of ${source}`,
                  text: `${entry} of ${source}`,
                })),
              ]}
            />
          )}
        </form.Field>
      )}
      {imports && (
        <form.Subscribe selector={({ values }) => values.entry === TYPED}>
          {(isTyped) => (
            <form.Field name="secret">
              {(field) => (
                <FormField
                  field={field}
                  label={isTyped ? 'Private key' : 'Password of that keystore'}
                  hint={
                    isTyped
                      ? '32 bytes in hex. It goes into the keystore, and nowhere else.'
                      : 'Asked for once: the key is copied into a keystore of its own.'
                  }
                  type="password"
                  mono={isTyped}
                />
              )}
            </form.Field>
          )}
        </form.Subscribe>
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
