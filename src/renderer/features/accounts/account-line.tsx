import { ChevronDown, ChevronRight, Droplets, KeyRound } from 'lucide-react';
import type { AccountEntry } from '#main/features/accounts/contract.ts';
import { UNCOUNTED_NONCE } from '#main/shared/safe-integer.ts';
import { openAccountDialog } from '../../core/accounts/account-dialogs.ts';
import { AddressLink } from '../../core/inside/address-link.tsx';
import { exactEther } from '../../core/inside/words.ts';
import { Badge } from '../../ui/badge.tsx';
import { count, ether } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { rowAt } from '../../ui/row-focus.ts';
import { Td } from '../../ui/table.tsx';
import { AccountMenu } from './account-menu.tsx';
import type { AccountRow, Held } from './account-rows.ts';
import type { RevealedKeys } from './revealed-key.ts';
import { tokenAmount } from './token-amount.ts';

interface AccountLineProps {
  network: string;
  isOwn: boolean;
  /** Among all lines, for what reads tables aloud. */
  index: number;
  row: AccountRow & { kind: 'account' };
  keys: RevealedKeys;
  isOpen: boolean;
  canOpen: boolean;
  onToggle(): void;
}

export function AccountLine(props: AccountLineProps) {
  const { network, isOwn, index, row, keys, isOpen, canOpen, onToggle } = props;
  const { account, held } = row;
  const { address, balance, nonce, creates } = account;
  const hasKey = isOwn && account.index !== null;
  const isRevealed = keys.revealed?.address === address;
  return (
    <tr {...rowAt(index)} className="group hover:bg-hover" data-address={address}>
      <Td className="w-1/2 max-w-0">
        <div className="flex min-w-0 items-center gap-2">
          <span className="w-5 shrink-0 text-right text-xs text-ink-dim nums">
            {account.index ?? ''}
          </span>
          <AddressLink network={network} of={account} isContract={account.hasCode} />
          <Marks of={account} />
        </div>
      </Td>
      <Td end mono>
        <span title={exactEther(balance)}>{ether(balance)}</span>
      </Td>
      <Td className="w-1/2 max-w-0">
        {canOpen && (
          <button
            type="button"
            aria-expanded={isOpen}
            onClick={onToggle}
            className="flex max-w-full items-center gap-1 rounded-sm text-left hover:text-ink"
          >
            <Chevron isOpen={isOpen} />
            <span className="truncate font-mono text-xs nums">{heldWords(held)}</span>
            <span className="sr-only"> tokens of {address}</span>
          </button>
        )}
      </Td>
      <Td end mono className="hidden @2xl:table-cell">
        {nonce === null ? UNCOUNTED_NONCE : count(nonce)}
      </Td>
      <Td className="hidden text-ink-dim @3xl:table-cell">
        {creates === null ? '—' : creates ? 'yes' : 'no'}
      </Td>
      <Td end className="pl-0">
        <span className="inline-flex items-center">
          {hasKey && (
            <IconButton
              label={isRevealed ? 'Hide the private key' : 'Show the private key'}
              icon={<KeyRound size={14} />}
              aria-pressed={isRevealed}
              onClick={() => (isRevealed ? keys.hide() : keys.reveal(address))}
            />
          )}
          {isOwn && (
            <IconButton
              label="Fund…"
              icon={<Droplets size={14} />}
              onClick={() => openAccountDialog('fund', network, { account: address })}
            />
          )}
          <AccountMenu network={network} isOwn={isOwn} account={account} keys={keys} />
        </span>
      </Td>
    </tr>
  );
}

const Chevron = ({ isOpen }: { isOpen: boolean }) => {
  const Icon = isOpen ? ChevronDown : ChevronRight;
  return <Icon aria-hidden="true" size={13} className="shrink-0 text-ink-dim" />;
};

function Marks({ of: { watched, impersonated } }: { of: AccountEntry }) {
  const note = impersonated?.note ?? watched?.note;
  return (
    <>
      {watched && <Badge>watched</Badge>}
      {impersonated && <Badge>impersonated</Badge>}
      {note && (
        <span title={note} className="min-w-0 truncate text-xs text-ink-dim">
          {note}
        </span>
      )}
    </>
  );
}

/** The first of them, and how many more there are. */
function heldWords(held: readonly Held[]): string {
  const [first] = held;
  if (!first) return 'none';
  const { token, amount } = first;
  const words = `${tokenAmount(amount, token.decimals)} ${token.symbol}`;
  return held.length > 1 ? `${words} +${held.length - 1}` : words;
}
