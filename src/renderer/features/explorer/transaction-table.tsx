import { memo } from 'react';
import { Link } from 'wouter';
import type { TransactionLine } from '#main/features/explorer/contract/transactions.ts';
import { AddressLink } from '../../core/inside/address-link.tsx';
import { doing, shortEther } from '../../core/inside/words.ts';
import { blockPath, transactionPath } from '../../core/paths.ts';
import { count, shortHex } from '../../ui/format.ts';
import { HexLink } from '../../ui/hex-link.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { rowAt } from '../../ui/row-focus.ts';
import { RowTable } from '../../ui/row-table.tsx';
import type { RowsInView } from '../../ui/rows-in-view.ts';
import { Td, Th } from '../../ui/table.tsx';
import { TransactionStatus } from './transaction-status.tsx';

export const transactionRowHeight = 35;

type Line = TransactionLine & { roles?: readonly string[] };

interface RowProps {
  network: string;
  line: Line;
  /** Its place among all rows, for what reads tables aloud. */
  index: number;
  withBlock: boolean;
  withRoles: boolean;
}

const Row = memo(function Row({ network, line, index, withBlock, withRoles }: RowProps) {
  const { verb, on } = doing(line);
  const to = line.to ?? line.created;
  return (
    <tr {...rowAt(index)} className="group hover:bg-hover" data-hash={line.hash}>
      <Td className="w-9 pr-0">
        <TransactionStatus status={line.status} />
      </Td>
      <Td className="w-full max-w-0 truncate">
        <Link
          href={transactionPath(network, line.hash)}
          title={line.function ?? undefined}
          className="hover:underline"
        >
          <span className="font-medium">{verb}</span> <span className="text-ink-soft">{on}</span>
        </Link>
      </Td>
      {/* With room for the button that copies it, also where it is the last column. */}
      <Td mono className="pr-6">
        <HexLink
          href={transactionPath(network, line.hash)}
          value={line.hash}
          what="transaction hash"
          className="text-accent"
        >
          {shortHex(line.hash)}
        </HexLink>
      </Td>
      <Td mono className="hidden @3xl:table-cell">
        <AddressLink network={network} of={line.from} />
      </Td>
      <Td mono className="hidden @4xl:table-cell">
        {to && <AddressLink network={network} of={to} bare />}
      </Td>
      <Td end className="hidden @2xl:table-cell">
        {shortEther(line.value)}
      </Td>
      <Td end mono className="hidden @4xl:table-cell">
        {count(line.gasUsed)}
      </Td>
      {withRoles && <Td className="text-ink-dim">{line.roles?.join(', ')}</Td>}
      {withBlock && (
        <Td end mono>
          {line.blockNumber === null ? (
            'pending'
          ) : (
            <Link href={blockPath(network, line.blockNumber)} className="hover:underline">
              {count(line.blockNumber)}
            </Link>
          )}
        </Td>
      )}
      {withBlock && (
        <Td end className="text-ink-dim">
          {line.timestamp !== null && <RelativeTime at={line.timestamp * 1000} />}
        </Td>
      )}
    </tr>
  );
});

interface TableProps {
  network: string;
  /** They are all of one block. */
  ofBlock?: boolean;
  /** With what one address has to do with each. */
  withRoles?: boolean;
}

/** Transactions that are all there. */
export function TransactionTable({ lines, ...props }: TableProps & { lines: readonly Line[] }) {
  return <TransactionRows {...props} count={lines.length} lineAt={(i) => lines[i]} />;
}

interface RowsProps extends TableProps {
  count: number;
  /** undefined: it is not read yet. */
  lineAt: (index: number) => Line | undefined;
  view?: RowsInView;
}

/** Transactions of which those in view are known. */
export function TransactionRows({
  network,
  count: total,
  lineAt,
  view,
  ofBlock = false,
  withRoles = false,
}: RowsProps) {
  return (
    <RowTable
      label="Transactions"
      head={
        <>
          <Th className="w-9 pr-0">
            <span className="sr-only">Status</span>
          </Th>
          <Th priority={0}>What</Th>
          <Th priority={2}>Hash</Th>
          <Th className="hidden @3xl:table-cell" priority={4}>
            From
          </Th>
          <Th className="hidden @4xl:table-cell" priority={5}>
            To
          </Th>
          <Th end className="hidden @2xl:table-cell">
            Value
          </Th>
          <Th end className="hidden @4xl:table-cell">
            Gas
          </Th>
          {withRoles && <Th>Role</Th>}
          {!ofBlock && (
            <Th end priority={3}>
              Block
            </Th>
          )}
          {!ofBlock && (
            <Th end priority={1}>
              When
            </Th>
          )}
        </>
      }
      count={total}
      view={view}
      keyOf={(index) => lineAt(index)?.hash ?? index}
    >
      {(index) => {
        const line = lineAt(index);
        return line ? (
          <Row
            network={network}
            line={line}
            index={index}
            withBlock={!ofBlock}
            withRoles={withRoles}
          />
        ) : null;
      }}
    </RowTable>
  );
}
