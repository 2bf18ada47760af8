import { useState } from 'react';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { sourceWords } from '#main/shared/contracts-source.ts';
import { isFinal } from '#main/shared/final.ts';
import type { Contract, Transaction } from '#main/shared/result.ts';
import { Button } from '../../ui/button.tsx';
import { count } from '../../ui/format.ts';
import { Table, Th } from '../../ui/table.tsx';
import { resultOf } from './chain-run.ts';
import { ContractRow, TransactionRow } from './transaction-row.tsx';

/** Browsers lay out a table as a whole, so a very long one would slow down every change. */
const shownAtFirst = 200;

const none: readonly Contract[] = [];

type TableRun = Pick<DeploymentDetail, 'result' | 'status' | 'live' | 'target'>;

/**
 * The transactions of a run in order, with the contracts that were created inside them underneath.
 */
export function TransactionsTable({ run }: { run: TableRun }) {
  const [all, setAll] = useState(false);
  const gone = run.live === false;
  const { transactions, contracts, source } = resultOf(run);
  const lacking = sourceWords(source);
  const shown = all ? transactions : transactions.slice(0, shownAtFirst);
  const own = new Set(
    transactions
      .filter((transaction) => transaction.kind !== 'call' && transaction.address)
      .map((transaction) => transaction.address?.toLowerCase()),
  );
  const labels = new Map(contracts.map((one) => [one.address.toLowerCase(), one.label]));
  const labelOf = ({ kind, address }: Transaction) =>
    kind === 'call' ? null : (labels.get(address?.toLowerCase() ?? '') ?? null);
  const others = contracts.filter((one) => !own.has(one.address.toLowerCase()));
  const hashes = new Set(transactions.map((transaction) => transaction.hash));
  const inside = Map.groupBy(others, (contract) => contract.transactionHash);
  const foot = (
    <>
      {shown.length < transactions.length && (
        <div className="flex items-center gap-3 px-3 py-2 text-sm text-ink-dim">
          The first {count(shown.length)} of {count(transactions.length)} transactions.
          <Button size="sm" onClick={() => setAll(true)}>
            Show all
          </Button>
        </div>
      )}
      {lacking && <p className="px-3 py-2 text-xs text-ink-dim">{lacking}</p>}
      {transactions.length === 0 && contracts.length === 0 && (
        <p className="px-3 py-6 text-center text-sm text-ink-dim">
          {!isFinal(run.status)
            ? 'Transactions appear here as soon as they are known.'
            : 'This run sent no transactions.'}
        </p>
      )}
    </>
  );
  return (
    <Table label="Contracts and transactions" fixed fills foot={foot}>
      <thead>
        <tr>
          <Th className="w-9 pr-0" least={36}>
            <span className="sr-only">State</span>
          </Th>
          <Th priority={0} least={180}>
            Contract
          </Th>
          <Th className="w-40" priority={0} least={160}>
            Address
          </Th>
          <Th className="w-40" priority={2} least={160}>
            Transaction
          </Th>
          <Th end className="w-[13%]" priority={1} least={84}>
            Gas
          </Th>
          <Th end className="w-[10%]" priority={3} least={64}>
            Block
          </Th>
        </tr>
      </thead>
      <tbody>
        {shown.map((transaction) => (
          <TransactionRow
            key={transaction.index}
            network={run.target}
            transaction={transaction}
            label={labelOf(transaction)}
            gone={gone}
            inside={inside.get(transaction.hash ?? '') ?? none}
          />
        ))}
        {others
          .filter((contract) => !hashes.has(contract.transactionHash))
          .map((contract) => (
            <ContractRow
              key={contract.address}
              network={run.target}
              contract={contract}
              under={false}
              gone={gone}
            />
          ))}
      </tbody>
    </Table>
  );
}
