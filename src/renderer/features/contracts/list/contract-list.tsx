import { ChevronDown, ChevronRight, Star } from 'lucide-react';
import { memo, useState } from 'react';
import { Link } from 'wouter';
import { OfUpstream } from '../../../core/inside/of-upstream.tsx';
import { contractPath, deploymentPath } from '../../../core/paths.ts';
import { SelectionBox } from '../../../core/selection/selection-box.tsx';
import type { Selection } from '../../../core/selection/use-selection.ts';
import { cx } from '../../../ui/cx.ts';
import { count, shortHex } from '../../../ui/format.ts';
import { HexLink } from '../../../ui/hex-link.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { useRowsInView } from '../../../ui/rows-in-view.ts';
import type { ListedContract, ListRow } from './contract-rows.ts';
import { usePin } from './pinned.ts';

const rowHeight = 32;

interface ContractListProps {
  rows: readonly ListRow[];
  folded: ReadonlySet<string>;
  onFold(key: string): void;
  /** In a column beside a contract: its address, and nothing but names. */
  beside?: string;
  /** Where several can be marked. */
  selection?: Selection<string>;
}

/** Contracts by group; of a long list only those in view are drawn. */
export function ContractList({ rows, folded, onFold, beside, selection }: ContractListProps) {
  const { ref, first, end } = useRowsInView(rows.length, rowHeight);
  return (
    <ul
      ref={ref}
      aria-label="Contracts"
      style={{
        height: rows.length * rowHeight,
        paddingTop: first * rowHeight,
        boxSizing: 'border-box',
      }}
      className="shrink-0 overflow-hidden"
    >
      {rows
        .slice(first, end)
        .map((row, i) =>
          row.kind === 'group' ? (
            <GroupRow
              key={row.key}
              row={row}
              isFolded={folded.has(row.key)}
              withNetwork={beside === undefined}
              onFold={() => onFold(row.key)}
            />
          ) : (
            <ContractRow
              key={row.key}
              contract={row.contract}
              position={first + i + 1}
              isNarrow={beside !== undefined}
              isCurrent={beside?.toLowerCase() === row.contract.address.toLowerCase()}
              selection={selection}
            />
          ),
        )}
    </ul>
  );
}

/** Keys of groups that are folded, and how to fold or unfold one. */
export function useFolded(): [ReadonlySet<string>, (key: string) => void] {
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const fold = (key: string) =>
    setFolded((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  return [folded, fold];
}

interface GroupRowProps {
  row: ListRow & { kind: 'group' };
  isFolded: boolean;
  withNetwork: boolean;
  onFold(): void;
}

function GroupRow({ row, isFolded, withNetwork, onFold }: GroupRowProps) {
  const Chevron = isFolded ? ChevronRight : ChevronDown;
  return (
    <li style={{ height: rowHeight }} className="flex items-center px-1">
      <button
        type="button"
        aria-expanded={!isFolded}
        onClick={onFold}
        className="flex h-full min-w-0 flex-1 items-center gap-2 rounded-sm text-left text-sm text-ink-soft hover:text-ink"
      >
        <Chevron aria-hidden="true" size={13} className="shrink-0 text-ink-dim" />
        <span className="truncate font-medium">{row.title}</span>
        {withNetwork && row.network !== null && (
          <span className="shrink-0 text-xs text-ink-dim">on {row.network}</span>
        )}
        <span className="ml-auto pr-2 text-xs text-ink-dim nums">{count(row.count)}</span>
      </button>
    </li>
  );
}

interface ContractRowProps {
  contract: ListedContract;
  position: number;
  isNarrow: boolean;
  isCurrent: boolean;
  selection?: Selection<string>;
}

const ContractRow = memo(function ContractRow(props: ContractRowProps) {
  const { contract, isNarrow, isCurrent, selection } = props;
  const { network, address, name, label, upstream, deployment, pinned: isPinned } = contract;
  const pin = usePin();
  const path = contractPath(network, address);
  return (
    <li
      aria-posinset={props.position}
      style={{ height: rowHeight }}
      className={cx(
        'group/row flex min-w-0 items-center gap-2.5 rounded-md px-2 text-sm',
        isCurrent ? 'bg-raised' : 'hover:bg-hover',
      )}
    >
      {selection && (
        <SelectionBox
          id={contract.key}
          name={`${name ?? address} on ${network}`}
          selection={selection}
        />
      )}
      <Link
        href={path}
        aria-current={isCurrent ? 'page' : undefined}
        className="flex min-w-0 flex-1 items-baseline gap-2"
      >
        <span className={cx('truncate', name === null && 'text-ink-dim')}>
          {name ?? 'unknown code'}
        </span>
        {label !== null && (
          <span className="min-w-0 shrink-[999] truncate font-mono text-xs text-ink-dim">
            {label}
          </span>
        )}
        {upstream !== null && <OfUpstream network={network} upstream={upstream} />}
      </Link>
      {!isNarrow && (
        <button
          type="button"
          aria-pressed={isPinned}
          title={isPinned ? 'Unpin' : 'Pin to the top'}
          onClick={() => void pin.send({ network, contract: address, pinned: !isPinned })}
          className={cx(
            'shrink-0 rounded-sm p-1',
            isPinned
              ? 'text-ink'
              : 'text-ink-dim opacity-0 group-hover/row:opacity-100 focus-visible:opacity-100',
          )}
        >
          <Star aria-hidden="true" size={13} fill={isPinned ? 'currentColor' : 'none'} />
          <span className="sr-only">Pin {name ?? address}</span>
        </button>
      )}
      {isNarrow ? (
        <span title={address} className="shrink-0 font-mono text-2xs text-ink-dim">
          {shortHex(address)}
        </span>
      ) : (
        <>
          <span className="w-36 shrink-0">
            <HexLink href={path} value={address} what="address" className="text-accent">
              {shortHex(address)}
            </HexLink>
          </span>
          <span className="w-16 shrink-0 truncate text-right nums @max-2xl:hidden">
            {deployment && (
              <Link href={deploymentPath(deployment.id)} className="hover:underline">
                #{deployment.number}
              </Link>
            )}
          </span>
          <span className="w-32 shrink-0 truncate text-right text-xs text-ink-dim @max-2xl:hidden">
            {deployment && <RelativeTime at={deployment.createdAt} />}
          </span>
        </>
      )}
    </li>
  );
});
