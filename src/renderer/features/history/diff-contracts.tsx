import type { ContractDiff } from '#main/features/history/contract.ts';
import { Badge } from '../../ui/badge.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { count, shortHex } from '../../ui/format.ts';
import { Table, Td, Th } from '../../ui/table.tsx';

type Side = NonNullable<ContractDiff['a']>;

function Address({ side }: { side: Side | null }) {
  if (!side) return '—';
  return (
    <Copyable value={side.address} what="address">
      {shortHex(side.address)}
    </Copyable>
  );
}

/** The code's hash and compiler; where there is none, why. */
function Code({ side, withCompiler }: { side: Side | null; withCompiler: boolean }) {
  if (!side) return '—';
  if (!side.code) {
    return (
      <span className="block max-w-44 truncate text-ink-dim" title={side.codeFrom}>
        {side.codeFrom}
      </span>
    );
  }
  return (
    <span
      title={`${side.code.bytes} bytes, ${side.code.compiler ?? 'compiler not known'}, ${side.codeFrom}`}
    >
      <Copyable value={side.code.hash} what="code hash">
        {shortHex(side.code.hash)}
      </Copyable>
      {withCompiler && (
        <span className="ml-1.5 font-sans text-2xs text-ink-dim">{side.code.compiler}</span>
      )}
    </span>
  );
}

function gasChange(a: string | null | undefined, b: string | null | undefined): string {
  if (!a || !b) return count(a ?? b ?? null);
  const change = BigInt(b) - BigInt(a);
  if (change === 0n) return count(b);
  return `${count(b)} (${change > 0n ? '+' : '−'}${count(change < 0n ? -change : change)})`;
}

function Row({ contract }: { contract: ContractDiff }) {
  const { name, a, b, changes } = contract;
  const args = changes.includes('arguments');
  const compilers = changes.includes('compiler');
  return (
    <>
      <tr className="group">
        <Td className="font-medium">{name}</Td>
        <Td>
          <span className="inline-flex gap-1">
            {changes.length === 0 && <span className="text-ink-dim">same</span>}
            {changes.map((change) => (
              <Badge
                key={change}
                tone={change === 'removed' ? 'bad' : change === 'added' ? 'ok' : 'warn'}
              >
                {change}
              </Badge>
            ))}
          </span>
        </Td>
        <Td mono>
          <Address side={a} />
        </Td>
        <Td mono>
          <Address side={b} />
        </Td>
        <Td mono>
          <Code side={a} withCompiler={compilers} />
        </Td>
        <Td mono>
          <Code side={b} withCompiler={compilers} />
        </Td>
        <Td end mono>
          {gasChange(a?.gasUsed, b?.gasUsed)}
        </Td>
      </tr>
      {args && (
        <tr className="group">
          <Td className="text-xs text-ink-dim">arguments</Td>
          <td colSpan={6} className="border-b border-line px-3 py-1.5 font-mono text-xs">
            <div className="grid grid-cols-2 gap-4 break-all">
              {[a, b].map((side, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a side is its position
                <span key={index} className="text-warn">
                  {index === 0 ? 'A ' : 'B '}
                  {side?.arguments ? `(${side.arguments.join(', ')})` : '—'}
                </span>
              ))}
            </div>
          </td>
        </tr>
      )}
    </>
  );
}

export function DiffContracts({ contracts }: { contracts: ContractDiff[] }) {
  if (contracts.length === 0) {
    return <p className="text-sm text-ink-dim">Neither of them deployed a contract.</p>;
  }
  return (
    <Table label="Contracts">
      <thead>
        <tr>
          <Th>Contract</Th>
          <Th>Differs in</Th>
          <Th>Address in A</Th>
          <Th>Address in B</Th>
          <Th>Code in A</Th>
          <Th>Code in B</Th>
          <Th end>Gas</Th>
        </tr>
      </thead>
      <tbody>
        {contracts.map((contract) => (
          <Row key={contract.name} contract={contract} />
        ))}
      </tbody>
    </Table>
  );
}
