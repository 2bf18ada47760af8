import { useState } from 'react';
import type { Webhook } from '#main/features/webhooks/contract.ts';
import { Button } from '../../ui/button.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { WebhookForm } from './webhook-form.tsx';

interface WebhookDialogProps {
  editing: Webhook | 'new' | null;
  onClose(): void;
}

export function WebhookDialog({ editing, onClose }: WebhookDialogProps) {
  const [secret, setSecret] = useState<string | null>(null);
  const webhook = editing === 'new' ? null : editing;
  const close = () => {
    setSecret(null);
    onClose();
  };
  return (
    <Dialog
      title={secret ? 'The secret' : webhook ? `Edit ${webhook.name}` : 'Add webhook'}
      open={editing !== null}
      onClose={close}
    >
      {secret ? (
        <div className="flex flex-col gap-3 text-sm">
          <p>
            Deliveries are signed with this secret. Give it to the receiver now: it isn’t shown
            again.
          </p>
          <Copyable value={secret} what="secret">
            {secret}
          </Copyable>
          <DialogActions>
            <Button variant="primary" onClick={close}>
              Done
            </Button>
          </DialogActions>
        </div>
      ) : (
        <WebhookForm
          webhook={webhook}
          onCancel={close}
          onDone={(fresh) => (fresh ? setSecret(fresh) : close())}
        />
      )}
    </Dialog>
  );
}
