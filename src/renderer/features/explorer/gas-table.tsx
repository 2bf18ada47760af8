import { useMemo } from 'react';
import type { CallNode, TransactionGas } from '#main/shared/decoded.ts';
import { count } from '../../ui/format.ts';
import { Table, Td, Th } from '../../ui/table.tsx';
import { isCall, traceItems } from './trace/trace-items.ts';
import { calledFunction, calledName } from './trace/trace-row.tsx';

interface Spent {
  name: string;
  detail: string;
  gas: bigint;
}

/** Every part of the gas that was used: what comes before, and each function without those it calls. */
export function gasRows(gas: TransactionGas, root: CallNode | null): Spent[] {
  const parts: Spent[] = [
    { name: 'Transaction', detail: 'what each one costs', gas: BigInt(gas.base) },
    { name: 'Calldata', detail: 'for each byte that was sent', gas: BigInt(gas.calldata) },
    { name: 'Creation', detail: 'of a contract, by its length', gas: BigInt(gas.creation) },
    { name: 'Access list', detail: 'for each address and slot', gas: BigInt(gas.accessList) },
    { name: 'Authorizations', detail: 'for each of them', gas: BigInt(gas.authorizations) },
  ];
  const before = parts.reduce((sum, part) => sum + part.gas, 0n);
  const refund = BigInt(gas.refund ?? 0);
  const functions = new Map<string, { calls: number; gas: bigint }>();
  for (const item of root ? traceItems(root) : []) {
    if (!isCall(item)) continue;
    const { call } = item;
    const name = `${calledName(call)}.${calledFunction(call)}`;
    // What the transaction costs at least, and what it was given back, is in that of its own call.
    const own = BigInt(call.selfGas) - (call === root ? before - refund : 0n);
    const known = functions.get(name) ?? { calls: 0, gas: 0n };
    functions.set(name, { calls: known.calls + 1, gas: known.gas + (own < 0n ? 0n : own) });
  }
  const spent = [...functions].map(([name, { calls, gas }]) => ({
    name,
    detail: calls === 1 ? 'without what it calls' : `${count(calls)} calls, without what they call`,
    gas,
  }));
  return [
    ...(gas.floor === null
      ? parts
      : [{ name: 'Calldata', detail: 'the least for so much of it', gas: BigInt(gas.floor) }]),
    ...(root === null && gas.execution !== null
      ? [{ name: 'Execution', detail: 'of its instructions', gas: BigInt(gas.execution) }]
      : []),
    ...(gas.floor === null ? spent.toSorted((a, b) => (a.gas < b.gas ? 1 : -1)) : []),
    { name: 'Refund', detail: refundedFor(gas), gas: -refund },
  ].filter((one) => one.gas !== 0n);
}

const refundedFor = ({ authorizations }: TransactionGas): string =>
  authorizations === '0'
    ? 'for storage that was cleared'
    : 'for accounts that were there before, and cleared storage';

/** What the gas of a transaction went into. */
export function GasTable({ gas, root }: { gas: TransactionGas | null; root: CallNode | null }) {
  const rows = useMemo(() => (gas ? gasRows(gas, root) : []), [gas, root]);
  if (!gas) return <p className="text-sm text-ink-dim">It waits to be mined.</p>;
  const most = Math.max(1, ...rows.map((row) => Number(row.gas)));
  return (
    <Table label="Gas">
      <thead>
        <tr>
          <Th>Spent on</Th>
          <Th />
          <Th end>Gas</Th>
          <Th end>Share</Th>
          <Th className="w-56" />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.name} ${row.detail}`} className="group">
            <Td mono className="max-w-96 truncate text-ink!">
              {row.name}
            </Td>
            <Td className="text-ink-dim">{row.detail}</Td>
            <Td end>{count(row.gas)}</Td>
            <Td end className="text-ink-dim">
              {shareText(row.gas, BigInt(gas.used))}
            </Td>
            <Td>
              <span
                aria-hidden="true"
                className="block h-1.5 rounded-full bg-ink-dim/50"
                style={{ width: `${(Math.max(0, Number(row.gas)) / most) * 100}%` }}
              />
            </Td>
          </tr>
        ))}
        <tr className="group">
          <Td className="font-medium">Used</Td>
          <Td />
          <Td end className="font-medium">
            {count(gas.used)}
          </Td>
          <Td />
          <Td />
        </tr>
      </tbody>
    </Table>
  );
}

const shareText = (gas: bigint, used: bigint): string =>
  used === 0n ? '' : `${(Number((gas * 1000n) / used) / 10).toFixed(1)} %`;
