import { eventTypes } from '#main/features/events/contract.ts';
import type { Webhook, WebhookFormat } from '#main/features/webhooks/contract.ts';
import { client } from '../../core/client.ts';
import { DialogForm } from '../../core/forms/dialog-form.tsx';
import { FormField } from '../../core/forms/form-field.tsx';
import { useCommandForm } from '../../core/forms/use-command-form.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { toast } from '../../ui/toast.ts';
import { eventWords } from './event-words.ts';
import { fieldsOf, webhookFields } from './webhook-input.ts';

const formats = [
  { value: 'json', text: 'json', label: 'JSON', detail: 'the whole event, signed' },
  { value: 'slack', text: 'slack', label: 'Slack', detail: 'a message' },
  { value: 'discord', text: 'discord', label: 'Discord', detail: 'a message' },
] as const satisfies { value: WebhookFormat; text: string; label: string; detail: string }[];

interface WebhookFormProps {
  webhook: Webhook | null;
  onCancel(): void;
  /** `secret`: the new one, which can't be shown again. */
  onDone(secret: string | null): void;
}

export function WebhookForm({ webhook, onCancel, onDone }: WebhookFormProps) {
  const command = useCommandForm({
    schema: webhookFields(webhook !== null),
    values: fieldsOf(webhook),
    async send({ url = '', format, ...input }): Promise<string | null> {
      if (!webhook) return (await client.webhooks.add({ ...input, url, format })).secret;
      await client.webhooks.update({ webhook: webhook.id, ...input, url: url || undefined });
      toast.success(`${input.name} is saved`);
      return null;
    },
    done: onDone,
  });
  const { form, failure } = command;
  return (
    <DialogForm command={command} verb="Save" onCancel={onCancel} shows={['url']}>
      <div className="grid grid-cols-2 gap-3">
        <form.Field name="name">
          {(field) => (
            <FormField
              field={field}
              label="Name"
              autoFocus={webhook === null}
              placeholder="team-chat"
            />
          )}
        </form.Field>
        <form.Field name="format">
          {(field) => (
            <SelectField<WebhookFormat>
              label="Format"
              value={field.state.value}
              options={[...formats]}
              disabled={webhook !== null}
              onChange={field.handleChange}
            />
          )}
        </form.Field>
      </div>
      <form.Field name="url">
        {(field) => (
          <FormField
            field={field}
            failure={failure}
            label="Address"
            mono
            placeholder={webhook?.url ?? 'https://'}
            hint={webhook?.url ? 'Leave it empty to keep the address as it is.' : undefined}
          />
        )}
      </form.Field>
      <form.Field name="types">
        {({ state: { value: types }, handleChange }) => (
          <fieldset className="flex flex-col gap-1.5">
            <legend className="mb-1 text-xs font-medium text-ink-soft">Events</legend>
            <div className="grid grid-cols-2 gap-x-4 gap-y-1">
              {eventTypes.map((type) => (
                <label
                  key={type}
                  htmlFor={`event-${type}`}
                  className="flex items-center gap-2 text-sm"
                >
                  <Checkbox
                    id={`event-${type}`}
                    checked={types.includes(type)}
                    onChange={({ target }) =>
                      handleChange(
                        eventTypes.filter((one) =>
                          one === type ? target.checked : types.includes(one),
                        ),
                      )
                    }
                  />
                  <span title={type}>{eventWords(type)}</span>
                </label>
              ))}
            </div>
          </fieldset>
        )}
      </form.Field>
    </DialogForm>
  );
}
