import { z } from 'zod';
import { chainControls } from '#main/features/chain-controls/contract.ts';
import { client } from '../../../core/client.ts';
import { DialogForm } from '../../../core/forms/dialog-form.tsx';
import { FormField } from '../../../core/forms/form-field.tsx';
import { inputOf } from '../../../core/forms/input-of.ts';
import { useCommandForm } from '../../../core/forms/use-command-form.ts';
import { useChain } from '../../../core/queries/use-chains.ts';
import { dateTime } from '../../../ui/format.ts';
import { toast } from '../../../ui/toast.ts';
import { closeControl } from './control-dialogs.ts';
import { localText } from './local-text.ts';

const { time } = inputOf(chainControls.jump).shape;

const fields = z.object({
  time: z
    .string()
    .transform((text) => Math.floor(Date.parse(text) / 1000))
    .refine((seconds) => time.safeParse(seconds).success, 'Give a date and a time.'),
});

/** To an exact time, later than the newest block. */
export function JumpForm({ chain }: { chain: string }) {
  const newest = useChain(chain).data?.blockTime ?? null;
  const command = useCommandForm({
    schema: fields,
    values: { time: localText((newest ?? Math.floor(Date.now() / 1000)) + 3600) },
    send: (input) => client.chainControls.jump({ chain, time: input.time }),
    done: ({ blockTime }) => {
      toast.success(`${chain} is at ${blockTime ? dateTime(blockTime * 1000) : 'that time'}`);
      closeControl();
    },
  });
  const { form, failure } = command;
  return (
    <DialogForm command={command} verb="Jump" onCancel={closeControl} shows={['time']}>
      <form.Field name="time">
        {(field) => (
          <FormField
            field={field}
            failure={failure}
            label="Time"
            note="of this machine's time zone"
            type="datetime-local"
            step={1}
            min={newest === null ? undefined : localText(newest + 1)}
            hint={newest === null ? undefined : `Newest block: ${dateTime(newest * 1000)}.`}
            autoFocus
          />
        )}
      </form.Field>
    </DialogForm>
  );
}
