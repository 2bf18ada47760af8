import { Coins, Copy, EyeOff } from 'lucide-react';
import { openAccountDialog } from '../../core/accounts/account-dialogs.ts';
import { AddressLink } from '../../core/inside/address-link.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { rowAt } from '../../ui/row-focus.ts';
import type { AccountRow } from './account-rows.ts';
import { tokenAmount } from './token-amount.ts';

interface LineProps {
  network: string;
  isOwn: boolean;
  /** Among all lines, for what reads tables aloud. */
  index: number;
}

const cell = 'h-[35px] border-b border-line px-3 align-middle whitespace-nowrap';

/** The private key of the account above. */
export function KeyLine({
  index,
  row: { privateKey, account },
  onHide,
}: LineProps & { row: AccountRow & { kind: 'key' }; onHide(): void }) {
  return (
    <tr {...rowAt(index)} className="bg-ground">
      <td colSpan={6} className={cell}>
        <fieldset
          aria-label={`Private key of ${account.address}`}
          className="flex min-w-0 items-center gap-2 pl-6"
        >
          <span className="shrink-0 text-xs text-ink-dim">Private key</span>
          <code className="min-w-0 truncate font-mono text-xs select-all">{privateKey}</code>
          <IconButton
            label="Copy the key"
            icon={<Copy size={14} />}
            onClick={() => void copyText(privateKey, 'private key', { isSecret: true })}
          />
          <IconButton label="Hide the key" icon={<EyeOff size={14} />} onClick={onHide} />
        </fieldset>
      </td>
    </tr>
  );
}

/** One token of the account above. */
export function TokenLine({
  network,
  isOwn,
  index,
  row: { account, token, amount },
}: LineProps & { row: AccountRow & { kind: 'token' } }) {
  const { address, symbol, name, decimals, standard } = token;
  return (
    <tr {...rowAt(index)} className="bg-ground">
      <td colSpan={2} className={cell}>
        <div className="flex min-w-0 items-center gap-2 pl-6">
          <span className="font-medium">{symbol}</span>
          <AddressLink
            network={network}
            of={{ address, contract: name, label: null }}
            isContract
            bare={name === symbol}
          />
          {standard === 'erc721' && <span className="text-2xs text-ink-dim">ERC-721</span>}
        </div>
      </td>
      <td colSpan={3} className={`${cell} font-mono text-xs nums`}>
        {amount === null ? (
          <span className="text-ink-dim">not told</span>
        ) : (
          <span className={amount === '0' ? 'text-ink-dim' : ''}>
            {tokenAmount(amount, decimals)}
          </span>
        )}
      </td>
      <td className={`${cell} text-right`}>
        {isOwn && (
          <IconButton
            label={`Deal ${symbol}…`}
            icon={<Coins size={14} />}
            onClick={() =>
              openAccountDialog('deal', network, { account: account.address, token: address })
            }
          />
        )}
      </td>
    </tr>
  );
}
