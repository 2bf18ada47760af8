import {
  type AccountAction,
  type AccountDialog,
  closeAccountDialog,
  useAccountDialog,
} from '../../core/accounts/account-dialogs.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { DealForm } from './deal-form.tsx';
import { FundForm } from './fund-form.tsx';
import { KeepForm } from './keep-form.tsx';

interface FormProps {
  dialog: AccountDialog;
  onClose(): void;
}

const dialogs: Record<
  AccountAction,
  { title: string; about(network: string): string; Form(props: FormProps): React.JSX.Element }
> = {
  fund: {
    title: 'Fund an account',
    about: (network) => `Adds ether to any address on ${network}, out of nothing.`,
    Form: FundForm,
  },
  deal: {
    title: 'Deal tokens',
    about: (network) =>
      `Gives any address on ${network} tokens, out of nothing: what the token stores is changed, no transaction is sent.`,
    Form: DealForm,
  },
  watch: {
    title: 'Watch an address',
    about: (network) => `Keeps any address in the list of accounts of ${network}.`,
    Form: (props) => <KeepForm {...props} as="watch" />,
  },
  impersonate: {
    title: 'Impersonate an address',
    about: (network) =>
      `${network} sends for it without its key: scripts (--unlocked) and wallets may use it until you stop it, also after a restart.`,
    Form: (props) => <KeepForm {...props} as="impersonate" />,
  },
};

/** Dialogs about an account, opened from anywhere. */
export function AccountDialogs() {
  const dialog = useAccountDialog((state) => state.open);
  const { title = '', about, Form } = dialog ? dialogs[dialog.action] : {};
  return (
    <Dialog
      title={title}
      description={dialog && about?.(dialog.network)}
      open={dialog !== null}
      onClose={closeAccountDialog}
    >
      {dialog && Form && <Form key={dialog.action} dialog={dialog} onClose={closeAccountDialog} />}
    </Dialog>
  );
}
