import { useQuery } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import { useState } from 'react';
import type { ContractDetail } from '#main/features/contracts/contract/detail.ts';
import type { RanCall, SavedCall } from '#main/features/contracts/contract/saved-calls.ts';
import { api, client } from '../../../core/client.ts';
import { useCommand } from '../../../core/commands/use-command.ts';
import { type AddressNames, valueText } from '../../../core/inside/value-text.ts';
import { functionName } from '../../../core/inside/words.ts';
import { ProblemNotice } from '../../../core/problems/problem-notice.tsx';
import { Button } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { Outcome } from './outcome.tsx';
import { SentCard } from './sent-card.tsx';

interface SavedCallsSectionProps {
  detail: ContractDetail;
  names: AddressNames;
}

/** The calls of this contract that were saved; nothing while there are none. */
export function SavedCallsSection({ detail, names }: SavedCallsSectionProps) {
  const { network, address } = detail;
  const all = useQuery(api.contracts.calls.queryOptions({ input: { network } })).data ?? [];
  const calls = all.filter((one) => one.address?.toLowerCase() === address.toLowerCase());
  if (calls.length === 0) return null;
  return (
    <section aria-label="Saved calls" className="rounded-lg border border-line bg-panel">
      <header className="flex min-h-9 items-center border-b border-line px-3">
        <h2 className="text-sm font-semibold">Saved calls</h2>
      </header>
      <ul>
        {calls.map((call) => (
          <Saved key={call.name} call={call} names={names} />
        ))}
      </ul>
    </section>
  );
}

function Saved({ call, names }: { call: SavedCall; names: AddressNames }) {
  const { name, network, from, value } = call;
  const [ran, setRan] = useState<RanCall | null>(null);
  const running = useCommand(client.contracts.runCall, { inPlace: true, done: setRan });
  const removal = useCommand(client.contracts.removeCall);
  const given = call.arguments
    .map((text) => valueText({ name: '', type: 'string', value: text }, names))
    .join(', ');
  return (
    <li
      aria-label={name}
      className="flex flex-col gap-2 border-line px-3 py-1.5 not-first:border-t"
    >
      <div className="flex min-w-0 items-center gap-2.5">
        <span className="shrink-0 text-sm font-medium">{name}</span>
        <span className="min-w-0 flex-1 truncate font-mono text-xs text-ink-soft">
          {functionName(call.function)}({given})
          {from && <span className="text-ink-dim"> from {from}</span>}
          {value && <span className="text-ink-dim"> with {value}</span>}
        </span>
        {ran?.value && (
          <Outcome
            network={network}
            outcome={{ values: ran.value.values, error: null }}
            names={names}
          />
        )}
        <Button
          size="sm"
          icon={<Play aria-hidden="true" size={13} />}
          aria-label={`${call.sends ? 'Send' : 'Read'} ${name}`}
          busy={running.busy}
          onClick={() => {
            setRan(null);
            void running.send({ network, name });
          }}
        >
          {call.sends ? 'Send' : 'Read'}
        </Button>
        <Menu
          label={`More for ${name}`}
          items={[
            {
              label: 'Remove',
              danger: true,
              onSelect: () => void removal.send({ network, name }),
            },
          ]}
        />
      </div>
      {running.error ? (
        <ProblemNotice error={running.error} />
      ) : (
        ran?.sent && <SentCard network={network} sent={ran.sent} names={names} />
      )}
    </li>
  );
}
