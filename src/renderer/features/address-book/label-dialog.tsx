import { useState } from 'react';
import { labelsOn, useAddressBook } from '../../core/addresses/address-labels.ts';
import {
  closeLabelDialog,
  type LabelSubject,
  useLabelDialog,
} from '../../core/addresses/label-dialog.ts';
import { useNetworks } from '../../core/queries/use-networks.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Select } from '../../ui/select.tsx';
import { LabelForm } from './label-form.tsx';

/** Labels an address, on one network or on all. */
export function LabelDialog() {
  const subject = useLabelDialog((state) => state.subject);
  return (
    <Dialog
      title={subject?.address ? 'Label' : 'Label an address'}
      description={subject?.address && <span className="font-mono">{subject.address}</span>}
      open={subject !== null}
      onClose={closeLabelDialog}
    >
      {subject && <Subject key={subject.address} subject={subject} />}
    </Dialog>
  );
}

/** No name of a network is empty. */
const ALL = '';

function Subject({ subject }: { subject: LabelSubject }) {
  const { network, address } = subject;
  const book = useAddressBook();
  const networks = useNetworks().data ?? [];
  const [chosen, setChosen] = useState<string | null>(
    subject.scope === 'network' ? network : subject.scope === 'all' ? ALL : null,
  );
  const same = book.filter((one) => one.address.toLowerCase() === address?.toLowerCase());
  const shown = network === null ? same[0] : labelsOn(network, same)[0];
  const scope = chosen ?? shown?.network ?? ALL;
  const names = new Set([...(network ? [network] : []), ...networks.map(({ name }) => name)]);
  const options = [
    { value: ALL, text: 'All networks', label: 'All networks' },
    ...[...names].map((name) => ({ value: name, text: name, label: name })),
  ];
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-col gap-1 text-xs">
        <span className="font-medium text-ink-soft">Where</span>
        <Select label="Where" value={scope} options={options} onChange={setChosen} />
      </div>
      <LabelForm
        key={scope}
        network={scope === ALL ? null : scope}
        address={address}
        before={same.find((one) => (one.network ?? ALL) === scope) ?? null}
        onClose={closeLabelDialog}
      />
    </div>
  );
}
