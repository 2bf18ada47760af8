import { Dialog } from '../../ui/dialog.tsx';
import { closeEnvironmentDialog, useEnvironmentDialog } from './dialog-state.ts';
import { ImportForm } from './import-form.tsx';
import { VariableForm } from './variable-form.tsx';

/** Keeps a variable, or imports a file of them; opened from the tab, the deploy form and the palette. */
export function EnvironmentDialogs() {
  const dialog = useEnvironmentDialog((state) => state.dialog);
  const title =
    dialog?.what === 'import'
      ? `Import variables into ${dialog.project.name}`
      : dialog?.variable
        ? `Edit ${dialog.variable.name}`
        : 'Set a variable';
  return (
    <Dialog title={title} open={dialog !== null} onClose={closeEnvironmentDialog}>
      {dialog?.what === 'variable' && (
        <VariableForm
          key={dialog.variable?.name ?? dialog.name ?? ''}
          dialog={dialog}
          onClose={closeEnvironmentDialog}
        />
      )}
      {dialog?.what === 'import' && <ImportForm dialog={dialog} onClose={closeEnvironmentDialog} />}
    </Dialog>
  );
}
