import { Link } from 'wouter';
import type { GasKey } from '#main/features/gas/contract.ts';
import { addressPath } from '../../core/paths.ts';
import { shortHex } from '../../ui/format.ts';

/** The contract of a row; one without a name by its address. */
export function GasContract({
  of,
  network,
  several,
}: {
  of: GasKey;
  network: string;
  /** Names that contracts of several projects have. */
  several: ReadonlySet<string>;
}) {
  return (
    <>
      {of.address === null ? (
        <>
          {of.project !== null && several.has(of.contract ?? '') && (
            <span className="text-ink-dim">{of.project}.</span>
          )}
          {of.contract ?? 'unknown'}
        </>
      ) : (
        <Link
          href={addressPath(network, of.address)}
          title={of.address}
          className="font-mono text-xs text-accent hover:underline"
        >
          {shortHex(of.address)}
        </Link>
      )}
      {of.through !== null && <span className="text-ink-dim"> through {of.through}</span>}
    </>
  );
}

/** `transfer`, with what it takes behind it in a quieter colour. */
export function GasFunction({ of }: { of: GasKey }) {
  const at = of.function.indexOf('(');
  const name = at < 0 ? of.function : of.function.slice(0, at);
  return (
    <span title={of.function}>
      {of.kind === 'creation' ? 'creation' : name}
      <span className="text-ink-dim">{at < 0 ? '' : of.function.slice(at)}</span>
    </span>
  );
}

/** For finding and ordering. */
export const nameText = ({ contract, project, address, function: name }: GasKey): string =>
  `${contract ?? address ?? ''} ${name} ${project ?? ''}`;
