import type { ResultDiff } from '#main/families/contract.ts';
import type { ContractDiff, ContractSide as Side } from '#main/families/contracts/contract.ts';
import { ChangeBadges } from '../../ui/change-badges.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { DiffTable } from '../../ui/diff-table.tsx';
import { count, shortHex } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';

function Address({ side }: { side: Side | null }) {
  if (!side) return '—';
  return (
    <Copyable value={side.address} what="address">
      {shortHex(side.address)}
    </Copyable>
  );
}

/** The code's hash and compiler; without code, the reason. */
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
          <ChangeBadges changes={changes} />
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

function ContractTable({ contracts }: { contracts: ContractDiff[] }) {
  if (contracts.length === 0) {
    return <p className="text-sm text-ink-dim">Neither of them deployed a contract.</p>;
  }
  return (
    <Table label="Contracts">
      <thead>
        <tr>
          <Th>Contract</Th>
          <Th priority={0}>Differs in</Th>
          <Th priority={1}>Address in A</Th>
          <Th priority={1}>Address in B</Th>
          <Th priority={3}>Code in A</Th>
          <Th priority={3}>Code in B</Th>
          <Th end priority={4}>
            Gas
          </Th>
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

/** The differences between the contracts of two runs, and between their calls. */
export function DiffContracts({ diff: { contracts, calls } }: { diff: ResultDiff }) {
  return (
    <>
      <Section title="Contracts">
        <ContractTable contracts={contracts} />
      </Section>
      {calls.length > 0 && (
        <Section title="Calls">
          <DiffTable label="Calls" rows={calls} />
        </Section>
      )}
    </>
  );
}
