import { memo } from 'react';
import type { JournalCall } from '#main/features/gateway/contract.ts';
import { useRowsInView } from '../../../ui/rows-in-view.ts';
import { Spacer } from '../../../ui/spacer-row.tsx';
import { Table, Td, Th } from '../../../ui/table.tsx';
import { callText, clockText, tookText } from './call-text.ts';

const ROW_HEIGHT = 35;

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
    <tr className="group hover:bg-hover" aria-rowindex={index + 2}>
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

/** Calls that a chain was sent. Of a long list only the rows in view are drawn. */
export function CallsTable({ calls, onOpen }: CallsTableProps) {
  const { ref, first, end } = useRowsInView(calls.length, ROW_HEIGHT);
  return (
    <Table label="Calls" rows={calls.length + 1}>
      <thead>
        <tr aria-rowindex={1}>
          <Th>When</Th>
          <Th end priority={3}>
            ms
          </Th>
          <Th priority={0}>Method</Th>
          <Th className="hidden @2xl:table-cell" priority={2}>
            From
          </Th>
          <Th priority={1}>What</Th>
        </tr>
      </thead>
      <tbody ref={ref}>
        <Spacer height={first * ROW_HEIGHT} />
        {calls.slice(first, end).map((call, i) => (
          <Row key={`${call.id} ${call.at}`} call={call} index={first + i} onOpen={onOpen} />
        ))}
        <Spacer height={(calls.length - end) * ROW_HEIGHT} />
      </tbody>
    </Table>
  );
}
