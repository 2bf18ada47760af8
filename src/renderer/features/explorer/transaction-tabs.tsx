import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { TransactionDetail } from '#main/features/explorer/contract/transactions.ts';
import { AddressLink } from '../../core/inside/address-link.tsx';
import type { AddressNames } from '../../core/inside/value-text.ts';
import { Values } from '../../core/inside/values.tsx';
import { keys } from '../../core/keys/keys.ts';
import { useKey } from '../../core/keys/use-key.ts';
import { transactionPath } from '../../core/paths.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { count } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { EventsList } from './events-list.tsx';
import { GasLines } from './gas-lines.tsx';
import { GasTable } from './gas-table.tsx';
import { changesIn, StateChanges, useTransactionState } from './state-changes.tsx';
import { TransfersTable } from './transfers-table.tsx';

const tabs = ['events', 'state', 'transfers', 'gas', 'raw'] as const;
type Tab = (typeof tabs)[number];

/** The tab of an address of the page. */
export const tabOf = (text: string | undefined): Tab =>
  tabs.find((tab) => tab === text) ?? 'events';

interface TransactionTabsProps {
  detail: TransactionDetail;
  names: AddressNames;
  tab: Tab;
}

/** What else there is of a transaction; the keys 1 to 5 choose. */
export function TransactionTabs({ detail, names, tab }: TransactionTabsProps) {
  const [, navigate] = useLocation();
  const { network, hash, events, transfers, status, trace } = detail;
  const changed = useTransactionState(detail).data;
  const show = (next: Tab) =>
    navigate(
      next === 'events'
        ? transactionPath(network, hash)
        : `${transactionPath(network, hash)}/${next}`,
      { replace: true },
    );
  useKey(keys.events, () => show('events'));
  useKey(keys.state, () => show('state'));
  useKey(keys.transfers, () => show('transfers'));
  useKey(keys.gasTab, () => show('gas'));
  useKey(keys.raw, () => show('raw'));
  const pages: Record<Tab, () => ReactNode> = {
    events: () => <EventsList network={network} events={events} names={names} />,
    state: () => <StateChanges detail={detail} names={names} />,
    transfers: () => (
      <TransfersTable network={network} transfers={transfers} reverted={status === 'reverted'} />
    ),
    // The refund is told with what was changed.
    gas: () => (
      <>
        <GasTable gas={changed?.gas ?? detail.gas} root={trace} />
        {status !== 'pending' && <GasLines network={network} hash={hash} />}
      </>
    ),
    raw: () => <Raw detail={detail} names={names} />,
  };
  return (
    <div className="-mx-5 flex shrink-0 flex-col">
      <Tabs
        label="More of the transaction"
        tabs={[
          { id: 'events', label: 'Events', count: ` ${count(events.length)}` },
          {
            id: 'state',
            label: 'State changes',
            count: changed?.state ? ` ${count(changesIn(changed.state))}` : '',
          },
          { id: 'transfers', label: 'Transfers', count: ` ${count(transfers.length)}` },
          { id: 'gas', label: 'Gas' },
          { id: 'raw', label: 'Raw' },
        ]}
        value={tab}
        onChange={show}
      >
        <div className="flex flex-col gap-5 px-5 pt-4">{pages[tab]()}</div>
      </Tabs>
    </div>
  );
}

function Hashes({ hashes, what }: { hashes: readonly string[]; what: string }) {
  return (
    <ul className="flex flex-col gap-1 pl-5">
      {hashes.map((hash, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they may repeat
        <li key={i}>
          <Copyable value={hash} what={what}>
            {hash}
          </Copyable>
        </li>
      ))}
    </ul>
  );
}

function Raw({ detail, names }: Omit<TransactionTabsProps, 'tab'>) {
  const { network, input, arguments: values, argumentsProblem, function: signature } = detail;
  const { accessList, blobs } = detail;
  return (
    <>
      {values.length > 0 && (
        <Section title={signature ?? 'Arguments'}>
          <Values label="Arguments" network={network} values={values} names={names} />
        </Section>
      )}
      {argumentsProblem && (
        <Section title={signature ?? 'Arguments'}>
          <p className="text-sm text-warn">Its arguments do not fit.</p>
        </Section>
      )}
      <Section
        title="Input"
        aside={<span className="nums">{count((input.length - 2) / 2)} bytes</span>}
      >
        <Copyable
          value={input}
          what="input"
          className="max-h-72 overflow-y-auto rounded-lg border border-line bg-sunken px-3 py-2 text-left break-all whitespace-pre-wrap!"
        >
          {input}
        </Copyable>
      </Section>
      {accessList.length > 0 && (
        <Section title="Access list">
          <ul className="flex flex-col gap-1.5">
            {accessList.map(({ storageKeys, ...address }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: addresses may repeat
              <li key={i} className="flex flex-col gap-1">
                <AddressLink network={network} of={address} whole />
                {storageKeys.length > 0 && <Hashes what="slot" hashes={storageKeys} />}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {blobs && (
        <Section title="Blobs">
          <Hashes what="versioned hash" hashes={blobs.versionedHashes} />
        </Section>
      )}
    </>
  );
}
