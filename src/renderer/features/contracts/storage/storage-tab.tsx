import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ContractDetail } from '#main/features/contracts/contract/detail.ts';
import type { ContractStorage } from '#main/features/contracts/contract/storage.ts';
import { api } from '../../../core/client.ts';
import { useFollowHead } from '../../../core/inside/follow-head.ts';
import { valueText } from '../../../core/inside/value-text.ts';
import { ProblemNotice } from '../../../core/problems/problem-notice.tsx';
import { Button } from '../../../ui/button.tsx';
import { Copyable } from '../../../ui/copyable.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { count } from '../../../ui/format.ts';
import { rowAt } from '../../../ui/row-focus.ts';
import { RowTable } from '../../../ui/row-table.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Td, Th } from '../../../ui/table.tsx';
import { useNames } from '../use-names.ts';
import { SlotField } from './slot-field.tsx';
import { VariableField } from './variable-field.tsx';

const PAGE = 100;

/** What a contract has stored, by the names of its variables; one of them, or single slots as they are. */
export function StorageTab({ detail }: { detail: ContractDetail }) {
  const { network, address, codeBytes } = detail;
  const [variable, setVariable] = useState<string>();
  const [from, setFrom] = useState(0);
  const input = { network, contract: address, variable, from, limit: PAGE };
  const { data, error, refetch } = useQuery(
    api.contracts.storage.queryOptions({ input, staleTime: 0 }),
  );
  useFollowHead(network, () => refetch({ cancelRefetch: false }));
  const choose = (asked: string | undefined) => {
    setVariable(asked);
    setFrom(0);
  };
  return (
    <div className="flex flex-col gap-4">
      <VariableField chosen={variable} onChoose={choose} />
      {error ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={6} />
      ) : (
        <>
          <p className="text-xs text-ink-dim nums">at block {count(data.blockNumber)}</p>
          {data.problem && <ErrorNotice tone="warn" message={data.problem} />}
          {data.variables.length > 0 ? (
            <Variables network={network} variables={data.variables} onChoose={choose} />
          ) : (
            !data.problem && (
              <p className="text-sm text-ink-dim">
                {codeBytes > 0 ? 'Its source declares no variable.' : 'Nothing is stored here.'}
              </p>
            )
          )}
          {(from > 0 || data.next !== null) && (
            <div className="flex gap-2">
              <Button
                size="sm"
                disabled={from === 0}
                onClick={() => setFrom(Math.max(0, from - PAGE))}
              >
                Previous {PAGE}
              </Button>
              <Button
                size="sm"
                disabled={data.next === null}
                onClick={() => setFrom(data.next ?? from)}
              >
                Next {PAGE}
              </Button>
            </div>
          )}
        </>
      )}
      <SlotField network={network} address={address} />
    </div>
  );
}

type Variable = ContractStorage['variables'][number];

interface VariablesProps {
  network: string;
  variables: ContractStorage['variables'];
  onChoose: (variable: string) => void;
}

function Variables({ network, variables, onChoose }: VariablesProps) {
  const names = useNames(network);
  const named = (name: string) => valueText({ name: '', type: 'string', value: name }, names);
  return (
    <RowTable
      label="Variables"
      head={
        <>
          <Th>Variable</Th>
          <Th priority={2}>Type</Th>
          <Th priority={0}>Value</Th>
          <Th end priority={3}>
            Slot
          </Th>
        </>
      }
      count={variables.length}
      keyOf={(index) => {
        const { name, slot, offset } = variables[index] as Variable;
        return `${name} ${slot} ${offset}`;
      }}
    >
      {(index) => {
        const { name, type, value, slot, offset, total } = variables[index] as Variable;
        return (
          <tr {...rowAt(index)} className="group">
            <Td mono className="max-w-60 truncate text-ink!">
              {total === null || total === '0' ? (
                <span title={name}>{named(name)}</span>
              ) : (
                <button
                  type="button"
                  title={`Show ${name.replace(/\.length$/, '')} alone`}
                  className="max-w-full truncate text-accent hover:underline"
                  onClick={() => onChoose(name.replace(/\.length$/, ''))}
                >
                  {named(name)}
                </button>
              )}
            </Td>
            <Td mono className="max-w-32 truncate">
              <span title={type}>{type}</span>
            </Td>
            <Td className="w-full max-w-0 min-w-36 truncate">
              {value === null ? (
                <span className="text-xs text-ink-dim">{withoutValue(total)}</span>
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
        );
      }}
    </RowTable>
  );
}

function withoutValue(total: string | null): string {
  if (total === null) return 'too long';
  if (total === '0') return 'by key: no transaction here has used one yet';
  return `by key: ${count(Number(total))} known`;
}
