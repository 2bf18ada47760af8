import { useQuery } from '@tanstack/react-query';
import type { ContractDetail, ContractStorage } from '#main/features/contracts/contract.ts';
import { api } from '../../../core/client.ts';
import { useFollowHead } from '../../../core/inside/follow-head.ts';
import { valueText } from '../../../core/inside/value-text.ts';
import { ProblemNotice } from '../../../core/problems/problem-notice.tsx';
import { Copyable } from '../../../ui/copyable.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { count } from '../../../ui/format.ts';
import { useRowsInView } from '../../../ui/rows-in-view.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Table, Td, Th } from '../../../ui/table.tsx';
import { useNames } from '../use-names.ts';
import { SlotField } from './slot-field.tsx';

/** What a contract has stored, by the names of its variables; single slots as they are. */
export function StorageTab({ detail }: { detail: ContractDetail }) {
  const { network, address, codeBytes } = detail;
  const { data, error, refetch } = useQuery(
    api.contracts.storage.queryOptions({ input: { network, contract: address }, staleTime: 0 }),
  );
  useFollowHead(network, () => refetch({ cancelRefetch: false }));
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={6} />;
  return (
    <div className="flex flex-col gap-4">
      <p className="text-xs text-ink-dim nums">at block {count(data.blockNumber)}</p>
      {data.problem && <ErrorNotice tone="warn" message={data.problem} />}
      {data.variables.length > 0 ? (
        <Variables network={network} variables={data.variables} />
      ) : (
        !data.problem && (
          <p className="text-sm text-ink-dim">
            {codeBytes > 0 ? 'Its source declares no variable.' : 'Nothing is stored here.'}
          </p>
        )
      )}
      <SlotField network={network} address={address} />
    </div>
  );
}

const rowHeight = 35;

interface VariablesProps {
  network: string;
  variables: ContractStorage['variables'];
}

function Variables({ network, variables }: VariablesProps) {
  const names = useNames(network);
  const { ref, first, end } = useRowsInView(variables.length, rowHeight);
  return (
    <Table label="Variables" rows={variables.length + 1}>
      <thead>
        <tr aria-rowindex={1}>
          <Th>Variable</Th>
          <Th>Type</Th>
          <Th>Value</Th>
          <Th end>Slot</Th>
        </tr>
      </thead>
      <tbody ref={ref}>
        <Space rows={first} />
        {variables.slice(first, end).map(({ name, type, value, slot, offset }, i) => (
          <tr key={`${name} ${slot} ${offset}`} aria-rowindex={first + i + 2} className="group">
            <Td mono className="max-w-72 truncate text-ink!">
              <span title={name}>{name}</span>
            </Td>
            <Td mono className="max-w-52 truncate">
              <span title={type}>{type}</span>
            </Td>
            <Td className="w-full max-w-0 truncate">
              {value === null ? (
                <span className="text-xs text-ink-dim">
                  {type.startsWith('mapping') ? 'by key: the keys are not stored' : 'too long'}
                </span>
              ) : (
                <Copyable value={value} what={name}>
                  {value === '' ? '""' : valueText({ name, type: 'string', value }, names)}
                </Copyable>
              )}
            </Td>
            <Td end mono className="text-ink-dim">
              <span title={slot}>
                {slot.length > 10 ? `${slot.slice(0, 6)}…${slot.slice(-4)}` : slot}
                {offset > 0 && ` + ${offset}`}
              </span>
            </Td>
          </tr>
        ))}
        <Space rows={variables.length - end} />
      </tbody>
    </Table>
  );
}

/** Height of rows that aren't drawn. */
const Space = ({ rows }: { rows: number }) =>
  rows > 0 && (
    <tr>
      <td style={{ height: rows * rowHeight, padding: 0 }} />
    </tr>
  );
