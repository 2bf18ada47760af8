import { useState } from 'react';
import type { AccountList } from '#main/features/accounts/contract.ts';
import { useRowsInView } from '../../ui/rows-in-view.ts';
import { Spacer } from '../../ui/spacer-row.tsx';
import { Table, Th } from '../../ui/table.tsx';
import { AccountLine } from './account-line.tsx';
import { accountRows } from './account-rows.ts';
import { KeyLine, TokenLine } from './detail-lines.tsx';
import { useRevealedKey } from './revealed-key.ts';

const rowHeight = 35;

/** Accounts with what they have; of a long list only the lines in view are drawn. */
export function AccountTable({ list }: { list: AccountList }) {
  const { network, isOwn, accounts, tokens } = list;
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const keys = useRevealedKey(network);
  const rows = accountRows({ accounts, tokens }, { open, revealed: keys.revealed });
  const { ref, first, end } = useRowsInView(rows.length, rowHeight);
  const toggle = (address: string) =>
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(address)) next.add(address);
      return next;
    });
  return (
    <Table label="Accounts" rows={rows.length + 1}>
      <thead>
        <tr>
          <Th>Account</Th>
          <Th end priority={0}>
            ETH
          </Th>
          <Th priority={1}>Tokens</Th>
          <Th end className="hidden @2xl:table-cell">
            Nonce
          </Th>
          <Th className="hidden @3xl:table-cell" title="Whether it has created contracts here">
            Creates
          </Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody ref={ref}>
        <Spacer height={first * rowHeight} />
        {rows.slice(first, end).map((row, i) => {
          const line = { network, isOwn, index: first + i };
          if (row.kind === 'key') {
            return <KeyLine {...line} key={row.key} row={row} onHide={keys.hide} />;
          }
          if (row.kind === 'token') return <TokenLine {...line} key={row.key} row={row} />;
          const { address } = row.account;
          return (
            <AccountLine
              {...line}
              key={row.key}
              row={row}
              keys={keys}
              isOpen={open.has(address)}
              canOpen={tokens.length > 0}
              onToggle={() => toggle(address)}
            />
          );
        })}
        <Spacer height={(rows.length - end) * rowHeight} />
      </tbody>
    </Table>
  );
}
