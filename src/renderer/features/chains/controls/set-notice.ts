import { client } from '../../../core/client.ts';
import { sendCommand } from '../../../core/send-command.ts';
import { toast } from '../../../ui/toast.ts';

interface Taken {
  id: number;
  name: string;
}

/** Says what was set; where a snapshot was taken first, with the way back. */
export function noticeSet(chain: string, text: string, snapshot: Taken | null): void {
  toast.success(text, {
    description: snapshot ? `“${snapshot.name}” holds the state before.` : undefined,
    action: snapshot
      ? {
          label: 'Undo',
          onClick: () =>
            void sendCommand(
              () => client.chains.revert({ chain, snapshot: snapshot.id }),
              () => toast.success(`${chain} is as it was before`),
            ),
        }
      : undefined,
  });
}
