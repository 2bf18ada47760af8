import { closeChainSettings, useChainSettings } from '../../../core/chains/settings-dialog.ts';
import { ProblemNotice } from '../../../core/problems/problem-notice.tsx';
import { useChain } from '../../../core/queries/use-chains.ts';
import { useNetworks } from '../../../core/queries/use-networks.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { SettingsForm } from './settings-form.tsx';

/** How a chain is created and started. */
export function SettingsDialog() {
  const name = useChainSettings((state) => state.chain);
  const { data: chain, error } = useChain(name);
  const network = useNetworks().data?.find((one) => one.name === name);
  return (
    <Dialog
      title={`Settings of ${name ?? ''}`}
      description="Empty fields are as by default. All but the code size hold until the chain is created anew."
      open={name !== null}
      onClose={closeChainSettings}
    >
      {error && !chain && <ProblemNotice error={error} />}
      {chain && network ? (
        <SettingsForm key={name} chain={chain} forkBlock={network.forkBlock} />
      ) : (
        !error && <Skeleton rows={6} />
      )}
    </Dialog>
  );
}
