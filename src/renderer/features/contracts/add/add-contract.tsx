import { useStore } from '@tanstack/react-form';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { client } from '../../../core/client.ts';
import { DialogForm } from '../../../core/forms/dialog-form.tsx';
import { FormField, fieldError } from '../../../core/forms/form-field.tsx';
import { useCommandForm } from '../../../core/forms/use-command-form.ts';
import { contractPath } from '../../../core/paths.ts';
import { useNetworks } from '../../../core/queries/use-networks.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { addedFields } from './added-input.ts';

interface AddContractProps {
  /** The one that stands there. */
  network?: string;
  address?: string;
  label?: string;
}

/** A button that names a contract which no project here has deployed. */
export function AddContract({ label = 'Add contract', ...known }: AddContractProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button icon={<Plus aria-hidden="true" size={14} />} onClick={() => setIsOpen(true)}>
        {label}
      </Button>
      <Dialog
        title="Add a contract"
        description="One that no project here has deployed. Its ABI says what can be read and called."
        open={isOpen}
        onClose={() => setIsOpen(false)}
      >
        <AddForm {...known} onClose={() => setIsOpen(false)} />
      </Dialog>
    </>
  );
}

const sources = [
  { value: 'abi', text: 'an ABI', label: 'an ABI' },
  { value: 'artifact', text: 'a compiled contract', label: 'a compiled contract' },
  { value: 'sourcify', text: 'Sourcify', label: 'Sourcify', detail: 'asked once' },
  { value: 'etherscan', text: 'Etherscan', label: 'Etherscan', detail: 'asked once' },
] as const;

function AddForm({
  network = 'local',
  address = '',
  onClose,
}: Omit<AddContractProps, 'label'> & { onClose(): void }) {
  const [, navigate] = useLocation();
  const networks = useNetworks().data ?? [];
  const command = useCommandForm({
    schema: addedFields,
    values: {
      network,
      address,
      name: '',
      from: 'abi' as (typeof sources)[number]['value'],
      abi: '',
      artifact: '',
    },
    send: (input) => client.contracts.add(input),
    done(added) {
      onClose();
      navigate(contractPath(added.network, added.address));
    },
  });
  const { form, failure } = command;
  const from = useStore(form.store, (state) => state.values.from);
  return (
    <DialogForm
      command={command}
      verb="Add contract"
      onCancel={onClose}
      shows={['address', 'name', 'artifact']}
    >
      <div className="grid grid-cols-2 gap-3">
        <form.Field name="network">
          {(field) => (
            <SelectField
              label="Network"
              value={field.state.value}
              options={networks.map(({ name, kind }) => ({
                ...{ value: name, text: name, label: name, detail: kind },
              }))}
              onChange={(name) => field.handleChange(name)}
            />
          )}
        </form.Field>
        <form.Field name="name">
          {(field) => <FormField field={field} failure={failure} label="Name" placeholder="Weth" />}
        </form.Field>
      </div>
      <form.Field name="address">
        {(field) => (
          <FormField
            field={field}
            failure={failure}
            label="Address"
            mono
            placeholder="0x… (40 hex digits)"
          />
        )}
      </form.Field>
      <form.Field name="from">
        {(field) => (
          <SelectField
            label="Known by"
            value={field.state.value}
            options={[...sources]}
            onChange={(source) => field.handleChange(source)}
          />
        )}
      </form.Field>
      {(from === 'sourcify' || from === 'etherscan') && (
        <p className="text-xs text-ink-dim">
          Its server learns the address. Of a proxy, what runs behind it is added, too.
          {from === 'etherscan' && ' Its key stands in Settings.'}
        </p>
      )}
      {from === 'abi' && (
        <form.Field name="abi">
          {(field) => (
            <TextArea
              label="ABI"
              rows={6}
              placeholder='[{"type":"function","name":"balanceOf",…}]'
              value={field.state.value}
              error={fieldError(field)}
              onChange={(event) => field.handleChange(event.target.value)}
            />
          )}
        </form.Field>
      )}
      {from === 'artifact' && (
        <form.Field name="artifact">
          {(field) => (
            <FormField
              field={field}
              failure={failure}
              label="Compiled contract"
              mono
              placeholder="project.Contract"
            />
          )}
        </form.Field>
      )}
    </DialogForm>
  );
}
