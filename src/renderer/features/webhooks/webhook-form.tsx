import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { type EventType, eventTypes } from '#main/features/events/contract.ts';
import type { Webhook, WebhookFormat } from '#main/features/webhooks/contract.ts';
import { client } from '../../client.ts';
import { Button } from '../../ui/button.tsx';
import { DialogActions } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { ProblemNotice } from '../app/problem-notice.tsx';

const formats = [
  { value: 'json', text: 'json', label: 'JSON', detail: 'the whole event, signed' },
  { value: 'slack', text: 'slack', label: 'Slack', detail: 'a message' },
  { value: 'discord', text: 'discord', label: 'Discord', detail: 'a message' },
] as const satisfies { value: WebhookFormat; text: string; label: string; detail: string }[];

const isAddress = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

interface WebhookFormProps {
  webhook: Webhook | null;
  onCancel(): void;
  /** `secret`: the new one, which can't be shown again. */
  onDone(secret: string | null): void;
}

export function WebhookForm({ webhook, onCancel, onDone }: WebhookFormProps) {
  const [name, setName] = useState(webhook?.name ?? '');
  // The stored one holds a secret: it is typed anew or left as it is.
  const [url, setUrl] = useState('');
  const [format, setFormat] = useState<WebhookFormat>(webhook?.format ?? 'json');
  const [types, setTypes] = useState<readonly EventType[]>(
    webhook ? (webhook.types ?? eventTypes) : ['deployment.ended', 'chain.ended'],
  );
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<{ error: unknown } | null>(null);

  const address = url.trim();
  const wrongAddress = address !== '' && !isAddress(address);
  const complete =
    name.trim() !== '' && !wrongAddress && (address !== '' || webhook !== null) && types.length > 0;

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!complete || busy) return;
    setBusy(true);
    setFailed(null);
    const chosen = types.length === eventTypes.length ? null : [...types];
    try {
      if (webhook) {
        await client.webhooks.update({
          webhook: webhook.id,
          name: name.trim(),
          url: address || undefined,
          types: chosen,
        });
        toast.success(`${name.trim()} is saved`);
        onDone(null);
      } else {
        const input = { name: name.trim(), url: address, format, types: chosen };
        const { secret } = await client.webhooks.add(input);
        onDone(secret);
      }
    } catch (error) {
      setFailed({ error });
    } finally {
      setBusy(false);
    }
  };

  const toggle = (type: EventType, on: boolean) =>
    setTypes(eventTypes.filter((one) => (one === type ? on : types.includes(one))));

  return (
    <form onSubmit={save} className="flex flex-col gap-3">
      <div className="grid grid-cols-2 gap-3">
        <Field
          label="Name"
          value={name}
          autoFocus={webhook === null}
          placeholder="team-chat"
          onChange={(event) => setName(event.target.value)}
        />
        <div className="flex flex-col gap-1 text-xs">
          <span className="font-medium text-ink-soft">Format</span>
          <Select<WebhookFormat>
            label="Format"
            value={format}
            options={[...formats]}
            disabled={webhook !== null}
            onChange={setFormat}
          />
        </div>
      </div>
      <Field
        label="Address"
        mono
        placeholder={webhook?.url ?? 'https://'}
        hint={webhook?.url ? 'Leave it empty to keep the address as it is.' : undefined}
        value={url}
        error={wrongAddress ? 'An address begins with https:// or http://' : null}
        onChange={(event) => setUrl(event.target.value)}
      />
      <fieldset className="flex flex-col gap-1.5">
        <legend className="mb-1 text-xs font-medium text-ink-soft">Events</legend>
        <div className="grid grid-cols-2 gap-x-4 gap-y-1">
          {eventTypes.map((type) => (
            <label key={type} className="flex items-center gap-2 text-sm">
              <input
                type="checkbox"
                checked={types.includes(type)}
                onChange={(event) => toggle(type, event.target.checked)}
                className="size-3.5 accent-accent"
              />
              <span className="font-mono text-xs">{type}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {failed && <ProblemNotice error={failed.error} />}
      <DialogActions>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" busy={busy} disabled={!complete}>
          Save
        </Button>
      </DialogActions>
    </form>
  );
}
