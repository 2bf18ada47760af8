import { ListTree, Wallet } from 'lucide-react';
import { useLocation } from 'wouter';
import type { InView } from '../../core/feature/slots.ts';
import { callsPath } from '../../core/paths.ts';
import { useChains } from '../../core/queries/use-chains.ts';
import { CommandGroup, CommandItem } from '../../ui/command-item.tsx';
import { openConnect } from './connect/connect-dialogs.ts';

/** For the chain in view: its wallets, and what is called on it. */
export function GatewayCommands({ target: chain }: InView) {
  const [, navigate] = useLocation();
  const isChain = useChains().data?.some(({ name }) => name === chain) ?? false;
  if (!isChain) return null;
  return (
    <CommandGroup title={`Gateway of ${chain}`}>
      <CommandItem
        title={`Connect a wallet to ${chain}`}
        icon={<Wallet size={15} />}
        keywords={['metamask', 'rabby', 'frame', 'rpc', 'add network', 'nonce']}
        onSelect={() => openConnect(chain)}
      />
      <CommandItem
        title={`Calls of ${chain}`}
        goes
        icon={<ListTree size={15} />}
        keywords={['journal', 'gateway', 'requests', 'rpc', 'slow', 'errors']}
        onSelect={() => navigate(callsPath(chain))}
      />
    </CommandGroup>
  );
}
