import { ownLabel } from '#main/shared/contract-label.ts';
import { CommandGroup, CommandItem } from '../../ui/command-item.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { shortHex } from '../../ui/format.ts';
import { useLiveContracts } from './use-live-contracts.ts';

/** The live contracts of a project: choosing one copies its address. */
export function ContractCommands({ project }: { project: number }) {
  const { contracts } = useLiveContracts(project);
  if (contracts.length === 0) return null;
  return (
    <CommandGroup title="Contracts">
      {contracts.map((contract) => (
        <CommandItem
          key={contract.address}
          id={contract.address}
          title={`Copy the address of ${contract.name ?? 'a contract'}`}
          detail={[ownLabel(contract), shortHex(contract.address)].filter(Boolean).join(' ')}
          keywords={[contract.address, contract.transactionHash, contract.label ?? '']}
          onSelect={() => void copyText(contract.address, 'address')}
        />
      ))}
    </CommandGroup>
  );
}
