import { CircleCheck, CircleDashed, CircleX, CornerDownRight, Undo2 } from 'lucide-react';
import { memo } from 'react';
import type { Contract, Transaction } from '#main/shared/result.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { cx } from '../../ui/cx.ts';
import { count, shortHex } from '../../ui/format.ts';
import { Spinner } from '../../ui/spinner.tsx';
import { Td } from '../../ui/table.tsx';
import { ContractLabel, ContractName } from './contract-name.tsx';

function title(transaction: Transaction): string {
  const name =
    transaction.contractName ?? (transaction.address ? shortHex(transaction.address) : 'Contract');
  if (transaction.kind !== 'call') return name;
  return transaction.function ? `${name}.${transaction.function}` : `${name} (plain transfer)`;
}

/** The destination of what did not go to the run's network. */
function Elsewhere({ chainId, elsewhere }: Pick<Transaction, 'chainId' | 'elsewhere'>) {
  if (elsewhere === null) return null;
  return (
    <span className="ml-1.5 text-xs text-warn">
      on chain {chainId} ({elsewhere})
    </span>
  );
}

/** Shown in place of what was on the chain and has been reverted. */
function GoneIcon() {
  return <Undo2 size={15} role="img" aria-label="taken back" className="text-ink-dim" />;
}

function TransactionIcon({ status }: { status: Transaction['status'] }) {
  const named = { size: 15, role: 'img', 'aria-label': status };
  if (status === 'pending') return <Spinner size={15} />;
  if (status === 'success') return <CircleCheck {...named} className="text-ok" />;
  if (status === 'reverted') return <CircleX {...named} className="text-bad" />;
  return <CircleDashed {...named} className="text-ink-dim" />;
}

function Address({ value, gone }: { value: string | null; gone: boolean }) {
  if (!value) return <span className="text-ink-dim">—</span>;
  return (
    <Copyable
      value={value}
      what="address"
      className={gone ? 'text-ink-dim line-through' : 'text-accent'}
    >
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

interface ContractRowProps {
  contract: Contract;
  under: boolean;
  /** The run was reverted. */
  gone: boolean;
}

export function ContractRow({ contract, under, gone }: ContractRowProps) {
  return (
    <tr className="group">
      <Td className="w-9 pr-0">
        {gone ? (
          <GoneIcon />
        ) : (
          <CircleCheck
            size={15}
            role="img"
            aria-label={contract.verified ? 'code found on the chain' : 'not checked'}
            className={contract.verified ? 'text-ok' : 'text-ink-dim'}
          />
        )}
      </Td>
      <Td className={cx('truncate', gone && 'text-ink-dim')}>
        <span className="inline-flex max-w-full items-center gap-1.5">
          {under && <CornerDownRight aria-hidden="true" size={13} className="text-ink-dim" />}
          <ContractName name={contract.name} label={contract.label} />
          {contract.nested && <span className="text-xs text-ink-dim">created inside</span>}
          <Elsewhere {...contract} />
        </span>
      </Td>
      <Td mono>
        <Address value={contract.address} gone={gone} />
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

/**
 * One transaction, and the contracts created inside it. Rendered again only when it has changed.
 */
export const TransactionRow = memo(function TransactionRow({
  transaction,
  label,
  gone,
  inside,
}: {
  transaction: Transaction;
  /** What the project calls the contract that it created. */
  label: string | null;
  gone: boolean;
  inside: readonly Contract[];
}) {
  return (
    <>
      <tr className="group" data-status={transaction.status}>
        <Td className="w-9 pr-0">
          {gone && transaction.status === 'success' ? (
            <GoneIcon />
          ) : (
            <TransactionIcon status={transaction.status} />
          )}
        </Td>
        <Td className={cx('truncate', gone && 'text-ink-dim')}>
          <span className="inline-flex max-w-full items-center gap-1.5">
            <span title={title(transaction)} className="truncate">
              {title(transaction)}
            </span>
            <ContractLabel name={transaction.contractName} label={label} />
            <Elsewhere {...transaction} />
          </span>
        </Td>
        <Td mono>
          <Address value={transaction.kind === 'call' ? null : transaction.address} gone={gone} />
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
      {inside.map((contract) => (
        <ContractRow key={contract.address} contract={contract} under gone={gone} />
      ))}
    </>
  );
});
