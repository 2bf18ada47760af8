import { Coins, Droplets, Eye, UserRoundCog, Users } from 'lucide-react';
import { useLocation } from 'wouter';
import { openAccountDialog } from '../../core/accounts/account-dialogs.ts';
import type { InView } from '../../core/feature/slots.ts';
import { accountsPath } from '../../core/paths.ts';
import { useChains } from '../../core/queries/use-chains.ts';
import { useNetworks } from '../../core/queries/use-networks.ts';
import { CommandGroup, CommandItem } from '../../ui/command-item.tsx';

/** What can be done about accounts on the network of the open page. */
export function AccountCommands({ target }: InView) {
  const [, navigate] = useLocation();
  const isKnown = useNetworks().data?.some(({ name }) => name === target);
  const isRunning = useChains().data?.find(({ name }) => name === target)?.status === 'running';
  if (!isKnown) return null;
  return (
    <CommandGroup title={`Accounts on ${target}`}>
      <CommandItem
        title={`Show the accounts of ${target}`}
        name={`Accounts of ${target}`}
        goes
        icon={<Users size={15} />}
        keywords={['keys', 'balances', 'tokens']}
        onSelect={() => navigate(accountsPath(target))}
      />
      {isRunning && (
        <>
          <CommandItem
            title={`Fund an account on ${target}`}
            icon={<Droplets size={15} />}
            keywords={['faucet', 'ether', 'balance']}
            onSelect={() => openAccountDialog('fund', target)}
          />
          <CommandItem
            title={`Deal tokens on ${target}`}
            icon={<Coins size={15} />}
            keywords={['erc20', 'nft', 'mint', 'balance', 'faucet']}
            onSelect={() => openAccountDialog('deal', target)}
          />
          <CommandItem
            title={`Impersonate an address on ${target}`}
            icon={<UserRoundCog size={15} />}
            keywords={['unlock', 'send as', 'prank']}
            onSelect={() => openAccountDialog('impersonate', target)}
          />
        </>
      )}
      <CommandItem
        title={`Watch an address on ${target}`}
        icon={<Eye size={15} />}
        keywords={['balance', 'follow']}
        onSelect={() => openAccountDialog('watch', target)}
      />
    </CommandGroup>
  );
}
