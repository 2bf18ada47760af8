import { useQuery } from '@tanstack/react-query';
import { ShieldQuestion } from 'lucide-react';
import { useLocation, useRoute } from 'wouter';
import { api } from '../../core/client.ts';
import { routes, upgradePath } from '../../core/paths.ts';
import { CommandGroup, CommandItem } from '../../ui/command-item.tsx';
import { shortHex } from '../../ui/format.ts';

/** Of the proxy in view. */
export function UpgradeCommand() {
  const [, navigate] = useLocation();
  const [isContract, params] = useRoute<{ network: string; address: string }>(routes.contract);
  const network = decodeURIComponent(params?.network ?? '');
  const address = params?.address ?? '';
  const contract = useQuery(
    api.contracts.show.queryOptions({
      input: { network, contract: address },
      enabled: isContract,
    }),
  ).data;
  if (!isContract || !contract?.proxy) return null;
  return (
    <CommandGroup title="Upgrades">
      <CommandItem
        title={`Check an upgrade of ${contract.name ?? shortHex(address)}…`}
        goes
        icon={<ShieldQuestion size={15} />}
        keywords={['proxy', 'implementation', 'storage layout', 'replay']}
        onSelect={() => navigate(upgradePath(network, address))}
      />
    </CommandGroup>
  );
}
