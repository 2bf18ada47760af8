import { Dialog } from '../../../ui/dialog.tsx';
import { AccountForm } from './account-form.tsx';
import { closeControl, useControlDialog, type ControlDialog as What } from './control-dialogs.ts';
import { JumpForm } from './jump-form.tsx';
import { NextBlockForm } from './next-block-form.tsx';
import { VariableForm } from './variable-form.tsx';

const titles: Record<What, string> = {
  'next block': 'Set the next block',
  jump: 'Jump in time',
  account: 'Set an account',
  variable: 'Set a variable',
};

const abouts: Record<What, (chain: string) => string> = {
  'next block': (chain) =>
    `What ${chain} makes its next blocks with. Empty fields stay as they are.`,
  jump: (chain) => `Mines a block on ${chain} at exactly this time, from which its clock goes on.`,
  account: (chain) => `Out of nothing, on ${chain}. Empty fields stay as they are.`,
  variable: (chain) => `Of a contract on ${chain}, without a transaction.`,
};

const forms = {
  'next block': NextBlockForm,
  jump: JumpForm,
  account: AccountForm,
  variable: VariableForm,
};

/** Sets something about a chain. */
export function ControlDialog() {
  const open = useControlDialog((state) => state.open);
  const Form = open && forms[open.what];
  return (
    <Dialog
      title={open ? titles[open.what] : ''}
      description={open ? abouts[open.what](open.chain) : ''}
      open={open !== null}
      onClose={closeControl}
    >
      {open && Form && <Form chain={open.chain} />}
    </Dialog>
  );
}
