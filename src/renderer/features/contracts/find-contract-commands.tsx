import { FileBox } from 'lucide-react';
import { useContext } from 'react';
import { useLocation } from 'wouter';
import { contractPath } from '../../core/paths.ts';
import { CommandGroup, CommandItem } from '../../ui/command-item.tsx';
import { CommandText } from '../../ui/command-list.ts';
import { shortHex } from '../../ui/format.ts';
import { contractRows } from './list/contract-rows.ts';
import { useKnownContracts } from './use-known-contracts.ts';

const least = 2;
const most = 12;

const unfolded: ReadonlySet<string> = new Set();

/** Contracts on every network whose name, label or address has what is typed in it. */
export function FindContractCommands() {
  const [, navigate] = useLocation();
  const text = useContext(CommandText).trim();
  const known = useKnownContracts(undefined);
  if (text.length < least) return null;
  const rows = contractRows(known, { text, network: null, folded: unfolded });
  const found = rows.flatMap((row) => (row.kind === 'contract' ? [row.contract] : []));
  if (found.length === 0) return null;
  return (
    <CommandGroup title="Contracts on networks">
      {found.slice(0, most).map(({ key, network, address, name, label, deployment }) => (
        <CommandItem
          key={key}
          id={key}
          title={`Open ${name ?? label ?? shortHex(address)} on ${network}`}
          detail={[label, shortHex(address)].filter(Boolean).join(' ')}
          keywords={[address, label ?? '', deployment?.project.name ?? '']}
          icon={<FileBox size={15} />}
          name={name ?? label ?? address}
          goes
          copies={{ text: address, what: 'address' }}
          onSelect={() => navigate(contractPath(network, address))}
        />
      ))}
    </CommandGroup>
  );
}
