import { useState } from 'react';
import type { Contract, DeploymentDetail } from '#main/features/deployments/contract.ts';
import { Button } from '../../ui/button.tsx';
import { count } from '../../ui/format.ts';
import { Th } from '../../ui/table.tsx';
import { isFinal } from './final-status.ts';
import { ContractRow, TransactionRow } from './transaction-row.tsx';

/** A browser lays a table out as a whole, so that a very long one would slow down every change. */
const shownAtFirst = 200;

const none: readonly Contract[] = [];

type TableRun = Pick<DeploymentDetail, 'transactions' | 'contracts' | 'status' | 'live'>;

/**
 * The transactions of a run in their order, as they land, with the contracts that were created
 * inside them underneath.
 */
export function TransactionsTable({ run }: { run: TableRun }) {
  const [all, setAll] = useState(false);
  const gone = run.live === false;
  const shown = all ? run.transactions : run.transactions.slice(0, shownAtFirst);
  const own = new Set(
    run.transactions
      .filter((transaction) => transaction.kind !== 'call' && transaction.address)
      .map((transaction) => transaction.address?.toLowerCase()),
  );
  const others = run.contracts.filter((one) => !own.has(one.address.toLowerCase()));
  const hashes = new Set(run.transactions.map((transaction) => transaction.hash));
  const inside = Map.groupBy(others, (contract) => contract.transactionHash);
  return (
    <div className="min-h-44 flex-1 overflow-auto rounded-lg border border-line bg-panel">
      {/* Of fixed widths, so that a row that comes moves none of the others. */}
      <table
        aria-label="Contracts and transactions"
        className="w-full min-w-[34rem] table-fixed border-collapse text-sm"
      >
        <thead className="sticky top-0 z-10 bg-panel">
          <tr>
            <Th className="w-9 pr-0">
              <span className="sr-only">State</span>
            </Th>
            <Th>Contract</Th>
            <Th className="w-[22%]">Address</Th>
            <Th className="w-[22%]">Transaction</Th>
            <Th end className="w-[15%]">
              Gas
            </Th>
            <Th end className="w-[12%]">
              Block
            </Th>
          </tr>
        </thead>
        <tbody>
          {shown.map((transaction) => (
            <TransactionRow
              key={transaction.index}
              transaction={transaction}
              gone={gone}
              inside={inside.get(transaction.hash ?? '') ?? none}
            />
          ))}
          {others
            .filter((contract) => !hashes.has(contract.transactionHash))
            .map((contract) => (
              <ContractRow key={contract.address} contract={contract} under={false} gone={gone} />
            ))}
        </tbody>
      </table>
      {shown.length < run.transactions.length && (
        <div className="flex items-center gap-3 px-3 py-2 text-sm text-ink-dim">
          The first {count(shown.length)} of {count(run.transactions.length)} transactions.
          <Button size="sm" onClick={() => setAll(true)}>
            Show all
          </Button>
        </div>
      )}
      {run.transactions.length === 0 && run.contracts.length === 0 && (
        <p className="px-3 py-6 text-center text-sm text-ink-dim">
          {!isFinal(run.status)
            ? 'Transactions appear here as soon as the script has been simulated.'
            : 'This run sent no transactions.'}
        </p>
      )}
    </div>
  );
}
