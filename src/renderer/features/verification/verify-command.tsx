import { useQuery } from '@tanstack/react-query';
import { BadgeCheck } from 'lucide-react';
import { useLocation, useRoute } from 'wouter';
import { api } from '../../core/client.ts';
import { contractPath, routes } from '../../core/paths.ts';
import { CommandGroup, CommandItem } from '../../ui/command-item.tsx';
import { shortHex } from '../../ui/format.ts';

/** Leads to where the contract in view is verified. */
export function VerifyCommand() {
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
  if (!isContract || !contract) return null;
  return (
    <CommandGroup title="Verification">
      <CommandItem
        title={`Verify ${contract.name ?? shortHex(address)}…`}
        goes
        icon={<BadgeCheck size={15} />}
        keywords={['sourcify', 'etherscan', 'sources', 'standard json', 'compile']}
        onSelect={() => navigate(contractPath(network, address, 'code'))}
      />
    </CommandGroup>
  );
}
