import { useStore } from '@tanstack/react-form';
import { toast } from 'sonner';
import type { Network, NetworkKind } from '#main/features/networks/contract.ts';
import { client } from '../../core/client.ts';
import { FormField, FormProblem } from '../../core/forms/form-field.tsx';
import { useCommandForm } from '../../core/forms/use-command-form.ts';
import { Button } from '../../ui/button.tsx';
import { DialogActions } from '../../ui/dialog.tsx';
import { Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import { fieldsOf, networkFields } from './network-input.ts';

const kinds = [
  { value: 'local', text: 'local', label: 'local', detail: 'an empty chain of your own' },
  { value: 'fork', text: 'fork', label: 'fork', detail: 'your own copy of a network' },
  { value: 'remote', text: 'remote', label: 'remote', detail: 'a network of others' },
] as const satisfies { value: NetworkKind; text: string; label: string; detail: string }[];

export function NetworkForm({ network, onDone }: { network: Network | null; onDone(): void }) {
  const { form, busy, failure } = useCommandForm({
    schema: networkFields(Boolean(network?.url)),
    values: fieldsOf(network),
    send: client.networks.save,
    done: (saved) => {
      toast.success(`${saved.name} is saved`);
      onDone();
    },
  });
  const kind = useStore(form.store, ({ values }) => values.kind);
  const canSubmit = useStore(form.store, (state) => state.canSubmit);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void form.handleSubmit();
      }}
      className="flex flex-col gap-3"
    >
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
        <div className="flex flex-col gap-1 text-xs">
          <span className="font-medium text-ink-soft">Kind</span>
          <form.Field name="kind">
            {(field) => (
              <Select<NetworkKind>
                label="Kind"
                value={field.state.value}
                options={[...kinds]}
                plainValue
                onChange={field.handleChange}
              />
            )}
          </form.Field>
        </div>
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
      <FormProblem failure={failure} fields={['url']} />
      <DialogActions>
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" busy={busy} disabled={!canSubmit}>
          Save
        </Button>
      </DialogActions>
    </form>
  );
}
