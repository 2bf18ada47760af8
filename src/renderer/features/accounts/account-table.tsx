import { useState } from 'react';
import type { AccountList } from '#main/features/accounts/contract.ts';
import { RowTable } from '../../ui/row-table.tsx';
import { Th } from '../../ui/table.tsx';
import { AccountLine } from './account-line.tsx';
import { accountRows } from './account-rows.ts';
import { KeyLine, TokenLine } from './detail-lines.tsx';
import { useRevealedKey } from './revealed-key.ts';

/** Accounts with what they have. */
export function AccountTable({ list }: { list: AccountList }) {
  const { network, isOwn, accounts, tokens } = list;
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const keys = useRevealedKey(network);
  const rows = accountRows({ accounts, tokens }, { open, revealed: keys.revealed });
  const toggle = (address: string) =>
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(address)) next.add(address);
      return next;
    });
  return (
    <RowTable
      label="Accounts"
      head={
        <>
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
        </>
      }
      count={rows.length}
      keyOf={(index) => rows[index]?.key ?? index}
    >
      {(index) => {
        const row = rows[index];
        if (!row) return null;
        const line = { network, isOwn, index };
        if (row.kind === 'key') return <KeyLine {...line} row={row} onHide={keys.hide} />;
        if (row.kind === 'token') return <TokenLine {...line} row={row} />;
        const { address } = row.account;
        return (
          <AccountLine
            {...line}
            row={row}
            keys={keys}
            isOpen={open.has(address)}
            canOpen={tokens.length > 0}
            onToggle={() => toggle(address)}
          />
        );
      }}
    </RowTable>
  );
}
