import { useState } from 'react';
import type { Network } from '#main/features/networks/contract.ts';
import { client } from '../../core/client.ts';
import { useCommand } from '../../core/commands/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { ColorChoice } from '../../ui/color-choice.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { closeNetworkColor, useNetworkColor } from './network-color-state.ts';

/** The colour of a chain or network in lists. */
export function NetworkColorDialog() {
  const network = useNetworkColor((state) => state.network);
  return (
    <Dialog
      title={`Colour of ${network?.name ?? ''}`}
      open={network !== null}
      onClose={closeNetworkColor}
    >
      {network && <NetworkColor key={network.name} network={network} />}
    </Dialog>
  );
}

function NetworkColor({ network: { name, color: before } }: { network: Network }) {
  const [color, setColor] = useState(before);
  const { send, busy } = useCommand(client.networks.edit, { done: closeNetworkColor });
  return (
    <>
      <ColorChoice value={color} onChange={setColor} />
      <DialogActions>
        <Button onClick={closeNetworkColor}>Cancel</Button>
        <Button variant="primary" busy={busy} onClick={() => void send({ name, color })}>
          Save
        </Button>
      </DialogActions>
    </>
  );
}
