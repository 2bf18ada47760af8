import { useQueries } from '@tanstack/react-query';
import { ArrowLeftRight } from 'lucide-react';
import { useContext } from 'react';
import { useLocation } from 'wouter';
import { ADDRESS, HASH } from '#main/shared/hex.ts';
import { api } from '../../core/client.ts';
import type { InView } from '../../core/feature/slots.ts';
import { useChains } from '../../core/queries/use-chains.ts';
import { CommandGroup, CommandItem } from '../../ui/command-item.tsx';
import { CommandText } from '../../ui/command-list.ts';
import { shortHex } from '../../ui/format.ts';
import { foundPath } from './found-path.ts';

const hex = new RegExp(`^(${HASH}|${ADDRESS})$`);

/** What a pasted hash or address is on each running chain, that in view first. */
export function FindCommands({ target }: InView) {
  const [, navigate] = useLocation();
  const text = useContext(CommandText).trim();
  const isHex = hex.test(text);
  const networks = (useChains().data ?? [])
    .filter(({ status }) => status === 'running')
    .map(({ name }) => name)
    .sort((a, b) => Number(b === target) - Number(a === target));
  const answers = useQueries({
    queries: (isHex ? networks : []).map((network) =>
      api.explorer.find.queryOptions({ input: { network, text }, staleTime: 0 }),
    ),
  });
  const found = answers.flatMap(({ data }, i) =>
    (data ?? []).map((one) => ({ one, network: networks[i] as string })),
  );
  if (!isHex || found.length === 0) return null;
  return (
    <CommandGroup title="Inside">
      {found.map(({ one, network }) => (
        <CommandItem
          key={`${network} ${one.kind}`}
          id={`${network} ${text}`}
          title={`Open ${one.kind} ${shortHex(text)} on ${network}`}
          icon={<ArrowLeftRight size={15} />}
          keywords={[text]}
          goes
          copies={{
            text,
            what: one.kind === 'address' || one.kind === 'contract' ? 'address' : 'hash',
          }}
          onSelect={() => navigate(foundPath(network, one))}
        />
      ))}
    </CommandGroup>
  );
}
