import { Fragment } from 'react';
import { useLocation } from 'wouter';
import { ownLabel } from '#main/shared/contract-label.ts';
import { contractPath } from '../../core/paths.ts';
import { CommandGroup, CommandItem } from '../../ui/command-item.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { shortHex } from '../../ui/format.ts';
import { useLiveContracts } from './use-live-contracts.ts';

/** The live contracts of a project: each is opened, or its address copied. */
export function ContractCommands({ project }: { project: number }) {
  const [, navigate] = useLocation();
  const { network, contracts } = useLiveContracts(project);
  if (contracts.length === 0) return null;
  return (
    <CommandGroup title="Contracts">
      {contracts.map((contract) => {
        const about = {
          detail: [ownLabel(contract), shortHex(contract.address)].filter(Boolean).join(' '),
          keywords: [contract.address, contract.transactionHash, contract.label ?? ''],
        };
        const name = contract.name ?? 'a contract';
        return (
          <Fragment key={`${contract.deployment.id} ${contract.address}`}>
            {network !== null && (
              <CommandItem
                {...about}
                id={`open ${contract.address}`}
                title={`Open ${name}`}
                name={name}
                goes
                copies={{ text: contract.address, what: 'address' }}
                onSelect={() => navigate(contractPath(network, contract.address))}
              />
            )}
            <CommandItem
              {...about}
              id={contract.address}
              title={`Copy the address of ${name}`}
              onSelect={() => void copyText(contract.address, 'address')}
            />
          </Fragment>
        );
      })}
    </CommandGroup>
  );
}
