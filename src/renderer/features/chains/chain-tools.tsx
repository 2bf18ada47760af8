import { Clock, Droplets, Pickaxe } from 'lucide-react';
import type { Chain } from '#main/features/chains/contract.ts';
import { openAccountDialog } from '../../core/accounts/account-dialogs.ts';
import { Button } from '../../ui/button.tsx';
import type { ChainActions } from './use-chain-actions.tsx';

export const oneDay = 86_400;

export function ChainTools({ chain, actions }: { chain: Chain; actions: ChainActions }) {
  const off = chain.status !== 'running';
  return (
    <div className="flex flex-wrap gap-1.5">
      <Button
        size="sm"
        icon={<Pickaxe aria-hidden="true" size={14} />}
        disabled={off}
        onClick={() => actions.mine()}
      >
        Mine
      </Button>
      <Button
        size="sm"
        icon={<Clock aria-hidden="true" size={14} />}
        disabled={off}
        onClick={() => actions.warp(oneDay, 'a day')}
      >
        +1 day
      </Button>
      <Button
        size="sm"
        icon={<Droplets aria-hidden="true" size={14} />}
        disabled={off}
        onClick={() => openAccountDialog('fund', chain.name)}
      >
        Fund
      </Button>
    </div>
  );
}
