import { memo } from 'react';
import type { JournalCall } from '#main/features/gateway/contract.ts';
import { rowAt } from '../../../ui/row-focus.ts';
import { RowTable } from '../../../ui/row-table.tsx';
import { Td, Th } from '../../../ui/table.tsx';
import { callText, clockText, tookText } from './call-text.ts';

interface RowProps {
  call: JournalCall;
  /** Its place among all rows, for what reads tables aloud. */
  index: number;
  onOpen(call: JournalCall): void;
}

const Row = memo(function Row({ call, index, onOpen }: RowProps) {
  const { at, ms, method, origin, error } = call;
  const text = callText(call);
  return (
    <tr {...rowAt(index)} className="group hover:bg-hover">
      <Td mono>
        <time dateTime={new Date(at).toISOString()}>{clockText(at)}</time>
      </Td>
      <Td end mono>
        {tookText(ms)}
      </Td>
      <Td mono>
        <button
          type="button"
          onClick={() => onOpen(call)}
          className="rounded-sm text-accent hover:underline"
        >
          {method}
        </button>
      </Td>
      <Td className="hidden max-w-56 truncate @2xl:table-cell">
        {origin ?? <span className="text-ink-dim">a program</span>}
      </Td>
      <Td mono className="w-full max-w-0 truncate">
        {error !== null && <span className="text-bad">{error} · </span>}
        <span title={text}>{text}</span>
      </Td>
    </tr>
  );
});

interface CallsTableProps {
  calls: readonly JournalCall[];
  onOpen(call: JournalCall): void;
}

/** Calls that a chain was sent. */
export function CallsTable({ calls, onOpen }: CallsTableProps) {
  return (
    <RowTable
      label="Calls"
      head={
        <>
          <Th>When</Th>
          <Th end priority={3}>
            ms
          </Th>
          <Th priority={0}>Method</Th>
          <Th className="hidden @2xl:table-cell" priority={2}>
            From
          </Th>
          <Th priority={1}>What</Th>
        </>
      }
      count={calls.length}
      keyOf={(index) => `${calls[index]?.id} ${calls[index]?.at}`}
    >
      {(index) => {
        const call = calls[index];
        return call && <Row call={call} index={index} onOpen={onOpen} />;
      }}
    </RowTable>
  );
}
