import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ArrowLeftRight, Blocks, Camera, FileBox, Rocket, User } from 'lucide-react';
import { type ReactNode, useContext } from 'react';
import { useLocation } from 'wouter';
import type { FoundThing } from '#main/features/find/contract.ts';
import { ADDRESS, HASH } from '#main/shared/hex.ts';
import { api } from '../../core/client.ts';
import type { InView } from '../../core/feature/slots.ts';
import { CommandGroup, CommandItem } from '../../ui/command-item.tsx';
import { CommandText } from '../../ui/command-list.ts';
import { shortHex } from '../../ui/format.ts';
import { foundPath } from './found-path.ts';

/** Each running chain is asked what it is: more than what is recorded of it. */
const wholeHex = new RegExp(`^(${HASH}|${ADDRESS})$`);

const icons: Record<FoundThing['kind'], ReactNode> = {
  project: null,
  run: <Rocket size={15} />,
  contract: <FileBox size={15} />,
  transaction: <ArrowLeftRight size={15} />,
  block: <Blocks size={15} />,
  address: <User size={15} />,
  account: <User size={15} />,
  snapshot: <Camera size={15} />,
};

const words: Record<FoundThing['kind'], string> = {
  project: 'Project',
  run: 'Deployment',
  contract: 'Contract',
  transaction: 'Transaction',
  block: 'Block',
  address: 'Address',
  account: 'Account',
  snapshot: 'Snapshot',
};

/**
 * Contracts, runs, transactions, addresses and snapshots that the core finds by what is typed, those
 * of the network in view first. The answer to an older text is never taken for that to a newer one.
 */
export function FoundCommands({ target: network }: InView) {
  const [, navigate] = useLocation();
  const text = useContext(CommandText).trim();
  const found = useQuery(
    api.find.things.queryOptions({
      input: { text, network },
      enabled: text !== '',
      placeholderData: keepPreviousData,
      // Another one may have been deployed since.
      staleTime: 0,
      gcTime: 10_000,
    }),
  ).data;
  if (text === '' || !found) return null;
  const isWhole = wholeHex.test(text);
  return found
    .filter(({ kind }) => kind !== 'project' && !(isWhole && kind !== 'contract'))
    .map((one) => {
      const { kind, title, detail, value, id } = one;
      const path = foundPath(one, network);
      const isHex = value.startsWith('0x');
      return (
        path && (
          <CommandGroup key={`${kind} ${one.network} ${id ?? value}`} title={words[kind]}>
            <CommandItem
              id={`${kind} ${one.network} ${id ?? value}`}
              title={title === value && isHex ? shortHex(title) : title}
              name={title}
              goes
              icon={icons[kind]}
              detail={detailOf(one)}
              keywords={[value, detail, one.network ?? '']}
              copies={{
                text: value,
                what: isHex ? (value.length > 42 ? 'hash' : 'address') : 'name',
              }}
              onSelect={() => navigate(path)}
            />
          </CommandGroup>
        )
      );
    });
}

function detailOf({ title, detail, network, value, kind }: FoundThing): string {
  const address = value.startsWith('0x') && title !== value ? shortHex(value) : null;
  const rest = detail === value ? null : detail;
  const where = network && kind !== 'run' ? `on ${network}` : network;
  return [address, rest, where].filter(Boolean).join(' · ');
}
