import { useStore } from '@tanstack/react-form';
import type { Network, NetworkKind } from '#main/features/networks/contract.ts';
import { openChainSettings } from '../../core/chains/settings-dialog.ts';
import { client } from '../../core/client.ts';
import { DialogForm } from '../../core/forms/dialog-form.tsx';
import { FormField } from '../../core/forms/form-field.tsx';
import { useCommandForm } from '../../core/forms/use-command-form.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { Switch } from '../../ui/switch.tsx';
import { toast } from '../../ui/toast.ts';
import { HeaderFields } from './header-fields.tsx';
import { fieldsOf, networkFields } from './network-input.ts';

const kinds = [
  { value: 'local', text: 'local', label: 'local', detail: 'an empty chain of your own' },
  { value: 'fork', text: 'fork', label: 'fork', detail: 'your own copy of a network' },
  { value: 'remote', text: 'remote', label: 'remote', detail: 'a network of others' },
] as const satisfies { value: NetworkKind; text: string; label: string; detail: string }[];

export function NetworkForm({ network, onDone }: { network: Network | null; onDone(): void }) {
  const command = useCommandForm({
    schema: networkFields(Boolean(network?.url)),
    values: fieldsOf(network),
    send: client.networks.save,
    done: (saved) => {
      toast.success(`${saved.name} is saved`);
      onDone();
      if (!network && saved.kind !== 'remote') openChainSettings(saved.name);
    },
  });
  const { form, failure } = command;
  const kind = useStore(form.store, ({ values }) => values.kind);
  return (
    <DialogForm command={command} verb="Save" onCancel={onDone} shows={['url']}>
      <div className="grid grid-cols-2 gap-3">
        <form.Field name="name">
          {(field) => (
            <FormField
              field={field}
              label="Name"
              disabled={network !== null}
              autoFocus={network === null}
              placeholder="my-fork"
            />
          )}
        </form.Field>
        <form.Field name="kind">
          {(field) => (
            <SelectField<NetworkKind>
              label="Kind"
              value={field.state.value}
              options={[...kinds]}
              plainValue
              onChange={field.handleChange}
            />
          )}
        </form.Field>
      </div>
      {kind !== 'local' && (
        <form.Field name="url">
          {(field) => (
            <FormField
              field={field}
              failure={failure}
              label={kind === 'fork' ? 'Fork from RPC URL' : 'RPC URL'}
              mono
              placeholder={network?.url ?? 'https://'}
              hint={
                network?.url
                  ? 'Leave it empty to keep the address as it is.'
                  : kind === 'fork'
                    ? 'Where the fork reads the state from.'
                    : undefined
              }
            />
          )}
        </form.Field>
      )}
      <div className="grid grid-cols-2 gap-3">
        <form.Field name="chainId">
          {(field) => (
            <FormField
              field={field}
              label="Chain id"
              note="optional"
              inputMode="numeric"
              hint={
                kind === 'remote' ? 'Checked before every deployment.' : 'Empty: one of Drydock’s.'
              }
            />
          )}
        </form.Field>
        {kind !== 'remote' && (
          <form.Field name="port">
            {(field) => (
              <FormField
                field={field}
                label="Port"
                note="optional"
                inputMode="numeric"
                hint="Empty: any free one."
              />
            )}
          </form.Field>
        )}
        {kind === 'fork' && (
          <form.Field name="forkBlock">
            {(field) => (
              <FormField
                field={field}
                label="Fork block"
                note="optional"
                inputMode="numeric"
                hint="Empty: the latest when it starts."
              />
            )}
          </form.Field>
        )}
      </div>
      {kind === 'fork' && (
        <form.Field name="headers">
          {(field) => (
            <HeaderFields
              edits={field.state.value}
              problem={network?.headersProblem}
              onChange={field.handleChange}
            />
          )}
        </form.Field>
      )}
      {kind === 'fork' && (
        <div className="flex flex-col gap-1">
          <form.Field name="keepChainId">
            {(field) => (
              <Switch
                label="Keep the chain id of the original"
                checked={field.state.value}
                onChange={field.handleChange}
              />
            )}
          </form.Field>
          <p className="text-xs text-ink-dim">
            Wallets then can’t tell the fork from the real network. Leave it off unless a contract
            checks the id.
          </p>
        </div>
      )}
    </DialogForm>
  );
}
