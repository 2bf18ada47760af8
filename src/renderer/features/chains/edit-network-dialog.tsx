import { z } from 'zod';
import { type Network, networks } from '#main/features/networks/contract.ts';
import { GroupField } from '../../core/arranging/group-field.tsx';
import { client } from '../../core/client.ts';
import { DialogForm } from '../../core/forms/dialog-form.tsx';
import { FormField } from '../../core/forms/form-field.tsx';
import { inputOf } from '../../core/forms/input-of.ts';
import { typedText } from '../../core/forms/texts.ts';
import { useCommandForm } from '../../core/forms/use-command-form.ts';
import { useNetworks } from '../../core/queries/use-networks.ts';
import { ColorChoice } from '../../ui/color-choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { closeEditNetwork, useEditNetwork } from './edit-network-state.ts';

const { label, group, color } = inputOf(networks.edit).shape;

const fields = z.object({
  label: typedText(label.unwrap()),
  group: group.unwrap(),
  color: color.unwrap(),
});

/** How a chain or network is called and shown in lists. */
export function EditNetworkDialog() {
  const network = useEditNetwork((state) => state.network);
  return (
    <Dialog
      title={`Edit ${network?.name ?? ''}`}
      description="What lists show. Commands, addresses and records go by its name, which stays."
      open={network !== null}
      onClose={closeEditNetwork}
    >
      {network && <EditNetwork key={network.name} network={network} />}
    </Dialog>
  );
}

function EditNetwork({ network }: { network: Network }) {
  const all = useNetworks().data ?? [];
  const command = useCommandForm({
    schema: fields,
    values: { label: network.label, group: network.group, color: network.color },
    send: (input) => client.networks.edit({ name: network.name, ...input }),
    done: closeEditNetwork,
  });
  const { form, failure } = command;
  return (
    <DialogForm command={command} verb="Save" onCancel={closeEditNetwork} shows={['label']}>
      <form.Field name="label">
        {(field) => (
          <FormField
            field={field}
            failure={failure}
            label="Label"
            placeholder={network.name}
            autoFocus
          />
        )}
      </form.Field>
      <form.Field name="group">
        {(field) => (
          <GroupField
            groups={all.map(({ group: one }) => one)}
            value={field.state.value}
            onChange={field.handleChange}
          />
        )}
      </form.Field>
      <form.Field name="color">
        {(field) => <ColorChoice value={field.state.value} onChange={field.handleChange} />}
      </form.Field>
    </DialogForm>
  );
}
