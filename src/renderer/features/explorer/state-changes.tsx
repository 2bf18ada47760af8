import { useQuery } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import type { AccountChanges, TransactionState } from '#main/features/explorer/contract/state.ts';
import type { TransactionDetail } from '#main/features/explorer/contract/transactions.ts';
import { codeText } from '#main/shared/delegation.ts';
import { addressesAndHashesIn } from '#main/shared/hex.ts';
import { api } from '../../core/client.ts';
import { AddressLink } from '../../core/inside/address-link.tsx';
import { ChangeValue } from '../../core/inside/change-value.tsx';
import { shortSlot, signedDifference, variableDifference } from '../../core/inside/change-words.ts';
import { InsideProblem } from '../../core/inside/inside-problem.tsx';
import type { AddressNames } from '../../core/inside/value-text.ts';
import { exactEther } from '../../core/inside/words.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { shortHex } from '../../ui/format.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';

/** What a mined transaction changed. */
export const useTransactionState = ({ network, hash, status }: TransactionDetail) =>
  useQuery(
    api.explorer.transaction.queryOptions({
      input: { network, hash, state: true },
      enabled: status !== 'pending',
      staleTime: Number.POSITIVE_INFINITY,
    }),
  );

/** How many values changed, apart from what every transaction changes of its sender. */
export const changesIn = (state: TransactionState): number =>
  state.accounts.reduce(
    (count, { variables, code }) => count + variables.length + (code === null ? 0 : 1),
    0,
  );

interface Row {
  key: string;
  name: string;
  /** The slot, for one that has no name. */
  isRaw: boolean;
  type: string | null;
  before: string;
  after: string;
  difference: string | null;
}

function rowsOf({ address, balance, nonce, code, variables }: AccountChanges): Row[] {
  const row = (name: string, before: string, after: string, type: string | null = null): Row => ({
    ...{ key: `${address} ${name}`, name, isRaw: false, type, before, after },
    difference: variableDifference(type, before, after),
  });
  return [
    ...(code ? [row('code', codeText(code.before), codeText(code.after))] : []),
    ...variables.map(({ name, type, slot, before, after }) => ({
      ...row(name ?? slot, before, after, type),
      key: `${address} ${slot} ${name}`,
      isRaw: name === null,
    })),
    ...(balance
      ? [
          {
            ...row('balance', exactEther(balance.before), exactEther(balance.after)),
            difference: signedDifference(balance.before, balance.after, exactEther),
          },
        ]
      : []),
    ...(nonce ? [row('nonce', nonce.before, nonce.after, 'uint64')] : []),
  ];
}

interface StateChangesProps {
  detail: TransactionDetail;
  names: AddressNames;
}

/** What a transaction changed, in the names of variables; of a reverted one, what it had changed. */
export function StateChanges({ detail, names }: StateChangesProps) {
  const { data, error, refetch } = useTransactionState(detail);
  if (detail.status === 'pending') {
    return <p className="text-sm text-ink-dim">It waits to be mined, and has changed nothing.</p>;
  }
  if (error) return <InsideProblem error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={4} />;
  const { state, stateProblem } = data;
  return (
    <div className="flex flex-col gap-3">
      {stateProblem && <ErrorNotice tone="warn" message={stateProblem} />}
      {state?.undone && (
        <p className="flex items-center gap-2 text-xs text-ink-soft">
          <Undo2 aria-hidden="true" size={14} className="shrink-0 text-ink-dim" />
          Undone by the revert: no variable below is on the chain like this. Values are those just
          before it failed.
        </p>
      )}
      {state && <Changes network={detail.network} state={state} names={names} />}
    </div>
  );
}

function Changes({
  network,
  state,
  names,
}: {
  network: string;
  state: TransactionState;
  names: AddressNames;
}) {
  const called = (text: string) =>
    text.replaceAll(addressesAndHashesIn, (hex) => names.get(hex.toLowerCase()) ?? shortHex(hex));
  if (state.accounts.length === 0) return <p className="text-sm text-ink-dim">Nothing changed.</p>;
  const problems = state.accounts.filter(({ problem }) => problem !== null);
  return (
    <>
      <Table label="State changes">
        <thead>
          <tr>
            <Th className="w-44">Account</Th>
            <Th priority={0}>What</Th>
            <Th end priority={2}>
              Before
            </Th>
            <Th priority={0}>After</Th>
            <Th end priority={3}>
              Difference
            </Th>
          </tr>
        </thead>
        <tbody>
          {state.accounts.flatMap((account) =>
            rowsOf(account).map((row, i) => (
              <tr key={row.key} className="group">
                <Td className="max-w-44 truncate">
                  {i === 0 && <AddressLink network={network} of={account} />}
                </Td>
                <Td mono className={row.isRaw ? '' : 'text-ink!'}>
                  <span title={row.type === null ? row.name : `${row.type} ${row.name}`}>
                    {row.isRaw ? `slot ${shortSlot(row.name)}` : called(row.name)}
                  </span>
                </Td>
                <Td mono end className="max-w-72 truncate">
                  <ChangeValue text={row.before} shown={called(row.before)} />
                </Td>
                <Td mono className="max-w-72 text-ink!">
                  <span className="flex items-baseline gap-3">
                    <span aria-hidden="true" className="text-ink-dim">
                      →
                    </span>
                    <ChangeValue text={row.after} shown={called(row.after)} />
                  </span>
                </Td>
                <Td mono end className="max-w-44 truncate text-ink-dim!">
                  {row.difference}
                </Td>
              </tr>
            )),
          )}
        </tbody>
      </Table>
      {problems.map(({ address, contract, label, problem }) => (
        <p key={address} className="text-xs text-ink-soft">
          {label ?? contract ?? shortHex(address)}: {problem}
        </p>
      ))}
    </>
  );
}
