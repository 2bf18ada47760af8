import { Link } from 'wouter';
import type { BlockLine } from '#main/features/explorer/contract/blocks.ts';
import { blockPath } from '../../core/paths.ts';
import { count, gwei, shortHex } from '../../ui/format.ts';
import { HexLink } from '../../ui/hex-link.tsx';
import { rowAt } from '../../ui/row-focus.ts';
import { RowTable } from '../../ui/row-table.tsx';
import type { RowsInView } from '../../ui/rows-in-view.ts';
import { Td, Th } from '../../ui/table.tsx';
import { BlockAge } from './block-age.tsx';

export const blockRowHeight = 35;

interface BlockRowsProps {
  network: string;
  count: number;
  /** undefined: it is not read yet. */
  blockAt: (index: number) => BlockLine | undefined;
  view: RowsInView;
}

/** Blocks by line, the newest first; only the rows in view are drawn. */
export function BlockRows({ network, count: total, blockAt, view }: BlockRowsProps) {
  return (
    <RowTable
      label="Blocks"
      head={
        <>
          <Th>Block</Th>
          <Th priority={3}>Hash</Th>
          <Th end priority={0}>
            Transactions
          </Th>
          <Th end className="hidden @2xl:table-cell">
            Gas used
          </Th>
          <Th end className="hidden @3xl:table-cell">
            Base fee
          </Th>
          <Th end priority={1}>
            When
          </Th>
        </>
      }
      count={total}
      view={view}
      keyOf={(index) => blockAt(index)?.hash ?? index}
    >
      {(index) => {
        const block = blockAt(index);
        return block ? (
          <tr {...rowAt(index)} className="group hover:bg-hover">
            <Td mono>
              <Link href={blockPath(network, block.number)} className="hover:underline">
                {count(block.number)}
              </Link>
            </Td>
            <Td mono className="w-full">
              <HexLink
                href={blockPath(network, block.hash)}
                value={block.hash}
                what="block hash"
                className="text-accent"
              >
                {shortHex(block.hash)}
              </HexLink>
            </Td>
            <Td end mono>
              {count(block.transactionCount)}
            </Td>
            <Td end mono className="hidden @2xl:table-cell">
              {count(block.gasUsed)}
            </Td>
            <Td end className="hidden @3xl:table-cell">
              {block.baseFee === null ? '—' : gwei(block.baseFee)}
            </Td>
            <Td end className="text-ink-dim">
              <BlockAge at={block.timestamp} />
            </Td>
          </tr>
        ) : null;
      }}
    </RowTable>
  );
}
