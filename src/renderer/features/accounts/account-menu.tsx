import { useLocation } from 'wouter';
import type { AccountEntry } from '#main/features/accounts/contract.ts';
import { openAccountDialog } from '../../core/accounts/account-dialogs.ts';
import { sendAs } from '../../core/accounts/sender.ts';
import { openLabelDialog } from '../../core/addresses/label-dialog.ts';
import { client } from '../../core/client.ts';
import { contractsPath } from '../../core/paths.ts';
import { sendCommand } from '../../core/send-command.ts';
import { copyText } from '../../ui/copy-text.ts';
import { shortHex } from '../../ui/format.ts';
import { Menu } from '../../ui/menu.tsx';
import type { MenuItem } from '../../ui/menu-items.ts';
import { toast } from '../../ui/toast.ts';
import type { RevealedKeys } from './revealed-key.ts';

interface AccountMenuProps {
  network: string;
  isOwn: boolean;
  account: AccountEntry;
  keys: RevealedKeys;
}

/** All that can be done about an account. */
export function AccountMenu({ network, isOwn, account, keys }: AccountMenuProps) {
  const [, navigate] = useLocation();
  const { address, label, index, watched, impersonated } = account;
  const called = label ?? shortHex(address);
  const about = { account: address };
  const items: (MenuItem | false)[] = [
    { label: 'Copy the address', onSelect: () => void copyText(address, 'address') },
    isOwn &&
      index !== null && {
        label: 'Copy the private key',
        onSelect: () => keys.copy(address),
      },
    isOwn && {
      label: 'Deal tokens…',
      onSelect: () => openAccountDialog('deal', network, about),
    },
    isOwn && {
      label: 'Send as',
      onSelect() {
        sendAs(network, address);
        navigate(contractsPath);
        toast.success(`Calls on ${network} are sent as ${called}`, {
          description: 'Choose a contract. Each form can name another sender.',
        });
      },
    },
    { label: 'Label…', onSelect: () => openLabelDialog({ network, address }) },
    watched
      ? {
          label: 'Stop watching',
          onSelect: () => void sendCommand(() => client.accounts.unwatch({ network, address })),
        }
      : { label: 'Watch…', onSelect: () => openAccountDialog('watch', network, about) },
    isOwn &&
      (impersonated
        ? {
            label: 'Stop impersonating',
            onSelect: () =>
              void sendCommand(() => client.accounts.stopImpersonating({ network, address })),
          }
        : {
            label: 'Impersonate…',
            disabled: index !== null,
            onSelect: () => openAccountDialog('impersonate', network, about),
          }),
  ];
  return <Menu label={`More for ${called}`} items={items.filter((one) => one !== false)} />;
}
