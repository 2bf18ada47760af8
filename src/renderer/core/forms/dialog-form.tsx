import { type AnyFormApi, useStore } from '@tanstack/react-form';
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { DialogActions } from '../../ui/dialog.tsx';
import { FormProblem } from './form-field.tsx';

interface DialogFormProps {
  /** As `useCommandForm` returns it. */
  command: {
    form: Pick<AnyFormApi, 'handleSubmit' | 'store'>;
    busy: boolean;
    failure: unknown;
  };
  /** The button that sends it. */
  verb: string;
  /** What it does can't be undone by doing it again. */
  isDanger?: boolean;
  onCancel(): void;
  /** The fields that show an error of the core themselves. */
  shows?: readonly string[];
  /** What was typed is valid, and still can't be sent. */
  disabled?: boolean;
  /** At the other end of the buttons. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A form in a dialog: its fields, then what is wrong with it as a whole, and its buttons. */
export function DialogForm({ command: { form, busy, failure }, shows, ...props }: DialogFormProps) {
  const canSubmit = useStore(form.store, (state) => state.canSubmit);
  return (
    <form
      // A dialog's events also reach the form that it was opened from.
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.stopPropagation();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        void form.handleSubmit();
      }}
      className="flex flex-col gap-3"
    >
      {props.children}
      <FormProblem failure={failure} fields={shows} />
      <DialogActions>
        {props.aside && <div className="mr-auto flex gap-2">{props.aside}</div>}
        <Button onClick={props.onCancel}>Cancel</Button>
        <Button
          type="submit"
          variant={props.isDanger ? 'danger' : 'primary'}
          busy={busy}
          disabled={!canSubmit || props.disabled}
        >
          {props.verb}
        </Button>
      </DialogActions>
    </form>
  );
}
