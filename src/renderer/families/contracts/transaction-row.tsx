import { CircleCheck, CircleDashed, CircleX, CornerDownRight, Undo2 } from 'lucide-react';
import { memo } from 'react';
import { Link } from 'wouter';
import type { Contract, Transaction } from '#main/shared/result.ts';
import { AddressLink } from '../../core/inside/address-link.tsx';
import { blockPath, transactionPath } from '../../core/paths.ts';
import { cx } from '../../ui/cx.ts';
import { count, shortHex } from '../../ui/format.ts';
import { HexLink } from '../../ui/hex-link.tsx';
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

interface Shown {
  /** Where it is; null: on another chain, which has no pages here. */
  network: string | null;
  value: string | null;
}

function Address({ network, value, gone }: Shown & { gone: boolean }) {
  if (!value) return <span className="text-ink-dim">—</span>;
  return (
    <AddressLink
      network={network}
      of={{ address: value }}
      isContract
      className={gone ? 'text-ink-dim! line-through' : 'text-accent!'}
    />
  );
}

function Hash({ network, value, otherwise }: Shown & { otherwise: string }) {
  if (!value) return <span>{otherwise}</span>;
  return (
    <HexLink
      href={network && transactionPath(network, value)}
      value={value}
      what="transaction hash"
      className="text-ink-soft"
    >
      {shortHex(value)}
    </HexLink>
  );
}

function Block({ network, number }: { network: string | null; number: number | null }) {
  if (number === null) return '';
  if (network === null) return count(number);
  return (
    <Link href={blockPath(network, number)} className="hover:underline">
      {count(number)}
    </Link>
  );
}

interface ContractRowProps {
  /** Where the run went. */
  network: string;
  contract: Contract;
  under: boolean;
  /** The run was reverted. */
  gone: boolean;
}

export function ContractRow({ network, contract, under, gone }: ContractRowProps) {
  const at = contract.elsewhere === null ? network : null;
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
        <Address network={at} value={contract.address} gone={gone} />
      </Td>
      <Td mono>
        <Hash network={at} value={contract.transactionHash} otherwise="—" />
      </Td>
      <Td end mono />
      <Td end mono>
        <Block network={at} number={contract.blockNumber} />
      </Td>
    </tr>
  );
}

/**
 * One transaction, and the contracts created inside it. Rendered again only when it has changed.
 */
export const TransactionRow = memo(function TransactionRow({
  network,
  transaction,
  label,
  gone,
  inside,
}: {
  /** Where the run went. */
  network: string;
  transaction: Transaction;
  /** What the project calls the contract that it created. */
  label: string | null;
  gone: boolean;
  inside: readonly Contract[];
}) {
  const at = transaction.elsewhere === null ? network : null;
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
          <Address
            network={at}
            value={transaction.kind === 'call' ? null : transaction.address}
            gone={gone}
          />
        </Td>
        <Td mono>
          <Hash network={at} value={transaction.hash} otherwise={transaction.status} />
        </Td>
        <Td end mono>
          {transaction.gasUsed
            ? count(transaction.gasUsed)
            : transaction.status === 'pending'
              ? 'pending'
              : ''}
        </Td>
        <Td end mono>
          <Block network={at} number={transaction.blockNumber} />
        </Td>
      </tr>
      {inside.map((contract) => (
        <ContractRow
          key={contract.address}
          network={network}
          contract={contract}
          under
          gone={gone}
        />
      ))}
    </>
  );
});
