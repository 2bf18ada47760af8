import { Button } from '../../../ui/button.tsx';
import { Dialog, DialogActions } from '../../../ui/dialog.tsx';
import { answerSecret, useSecretAsked } from './secret-argument-state.ts';

/** Asks whether an argument is a private key, and explains how to pass one to a script. */
export function SecretArgumentDialog() {
  const asked = useSecretAsked((state) => state.asked);
  return (
    <Dialog
      title="Is this a private key?"
      description="Nothing was started, and nothing of it was kept."
      open={asked !== null}
      onClose={() => answerSecret(false)}
    >
      <p className="text-sm">{asked?.message}</p>
      <DialogActions>
        <Button onClick={() => answerSecret(true)}>It is no secret: deploy</Button>
        <Button variant="primary" onClick={() => answerSecret(false)}>
          It is one: don’t run it
        </Button>
      </DialogActions>
    </Dialog>
  );
}
