import type { Network } from '#main/features/networks/contract.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { NetworkForm } from './network-form.tsx';

interface NetworkDialogProps {
  editing: Network | 'new' | null;
  onClose(): void;
}

export function NetworkDialog({ editing, onClose }: NetworkDialogProps) {
  const network = editing === 'new' ? null : editing;
  return (
    <Dialog
      title={network ? `Edit ${network.name}` : 'Add network'}
      description={
        network?.source === 'shipped'
          ? 'Your version takes the place of the one that came with Drydock; removing it brings that back.'
          : undefined
      }
      open={editing !== null}
      onClose={onClose}
    >
      <NetworkForm network={network} onDone={onClose} />
    </Dialog>
  );
}
