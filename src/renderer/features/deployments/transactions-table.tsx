import { CircleCheck, CircleDashed, CircleX, CornerDownRight } from 'lucide-react';
import { Fragment } from 'react';
import type {
  Contract,
  DeploymentDetail,
  Transaction,
} from '#main/features/deployments/contract.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { count, shortHex } from '../../ui/format.ts';
import { Spinner } from '../../ui/spinner.tsx';
import { Td, Th } from '../../ui/table.tsx';
import { isFinal } from './final-status.ts';

function title(transaction: Transaction): string {
  const name =
    transaction.contractName ?? (transaction.address ? shortHex(transaction.address) : 'Contract');
  if (transaction.kind !== 'call') return name;
  return transaction.function ? `${name}.${transaction.function}` : `${name} (plain transfer)`;
}

function TransactionIcon({ status }: { status: Transaction['status'] }) {
  const named = { size: 15, role: 'img', 'aria-label': status };
  if (status === 'pending') return <Spinner size={15} />;
  if (status === 'success') return <CircleCheck {...named} className="text-ok" />;
  if (status === 'reverted') return <CircleX {...named} className="text-bad" />;
  return <CircleDashed {...named} className="text-ink-dim" />;
}

function Address({ value }: { value: string | null }) {
  if (!value) return <span className="text-ink-dim">—</span>;
  return (
    <Copyable value={value} what="address" className="text-accent">
      {shortHex(value)}
    </Copyable>
  );
}

function Hash({ value, otherwise }: { value: string | null; otherwise: string }) {
  if (!value) return <span>{otherwise}</span>;
  return (
    <Copyable value={value} what="transaction hash" className="text-ink-soft">
      {shortHex(value)}
    </Copyable>
  );
}

function ContractRow({ contract, under }: { contract: Contract; under: boolean }) {
  return (
    <tr className="group">
      <Td className="w-9 pr-0">
        <CircleCheck
          size={15}
          role="img"
          aria-label={contract.verified ? 'code found on the chain' : 'not checked'}
          className={contract.verified ? 'text-ok' : 'text-ink-dim'}
        />
      </Td>
      <Td>
        <span className="inline-flex items-center gap-1.5">
          {under && <CornerDownRight aria-hidden="true" size={13} className="text-ink-dim" />}
          {contract.name ?? <span className="text-ink-dim">no artifact matches its code</span>}
          {contract.nested && <span className="text-xs text-ink-dim">created inside</span>}
        </span>
      </Td>
      <Td mono>
        <Address value={contract.address} />
      </Td>
      <Td mono>
        <Hash value={contract.transactionHash} otherwise="—" />
      </Td>
      <Td end mono />
      <Td end mono>
        {count(contract.blockNumber)}
      </Td>
    </tr>
  );
}

type TableRun = Pick<DeploymentDetail, 'transactions' | 'contracts' | 'status'>;

/**
 * The transactions of a run in their order, as they land, with the contracts that were created
 * inside them underneath.
 */
export function TransactionsTable({ run }: { run: TableRun }) {
  const own = new Set(
    run.transactions
      .filter((transaction) => transaction.kind !== 'call' && transaction.address)
      .map((transaction) => transaction.address?.toLowerCase()),
  );
  const others = run.contracts.filter((one) => !own.has(one.address.toLowerCase()));
  const hashes = new Set(run.transactions.map((transaction) => transaction.hash));
  return (
    <div className="min-h-44 flex-1 overflow-auto rounded-lg border border-line bg-panel">
      <table aria-label="Contracts and transactions" className="w-full border-collapse text-sm">
        <thead className="sticky top-0 z-10 bg-panel">
          <tr>
            <Th className="w-9 pr-0">
              <span className="sr-only">State</span>
            </Th>
            <Th>Contract</Th>
            <Th>Address</Th>
            <Th>Transaction</Th>
            <Th end>Gas</Th>
            <Th end>Block</Th>
          </tr>
        </thead>
        <tbody>
          {run.transactions.map((transaction) => (
            <Fragment key={transaction.index}>
              <tr className="group" data-status={transaction.status}>
                <Td className="w-9 pr-0">
                  <TransactionIcon status={transaction.status} />
                </Td>
                <Td className="max-w-72 truncate">{title(transaction)}</Td>
                <Td mono>
                  <Address value={transaction.kind === 'call' ? null : transaction.address} />
                </Td>
                <Td mono>
                  <Hash value={transaction.hash} otherwise={transaction.status} />
                </Td>
                <Td end mono>
                  {transaction.gasUsed
                    ? count(transaction.gasUsed)
                    : transaction.status === 'pending'
                      ? 'pending'
                      : ''}
                </Td>
                <Td end mono>
                  {transaction.blockNumber === null ? '' : count(transaction.blockNumber)}
                </Td>
              </tr>
              {others
                .filter((contract) => contract.transactionHash === transaction.hash)
                .map((contract) => (
                  <ContractRow key={contract.address} contract={contract} under />
                ))}
            </Fragment>
          ))}
          {others
            .filter((contract) => !hashes.has(contract.transactionHash))
            .map((contract) => (
              <ContractRow key={contract.address} contract={contract} under={false} />
            ))}
        </tbody>
      </table>
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
