import type { Webhook } from '#main/features/webhooks/contract.ts';
import { client } from '../../core/client.ts';
import { useCommands } from '../../core/commands/use-commands.ts';
import { Button } from '../../ui/button.tsx';
import { plural } from '../../ui/format.ts';
import { Menu } from '../../ui/menu.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { Td } from '../../ui/table.tsx';
import { toast } from '../../ui/toast.ts';

function stateOf({ enabled, waiting, failed, url }: Webhook) {
  if (url === null) return { tone: 'bad', text: 'Enter the address again' } as const;
  if (!enabled) return { tone: 'idle', text: 'Off' } as const;
  if (waiting > 0) return { tone: 'warn', text: `${waiting} waiting` } as const;
  if (failed > 0) return { tone: 'bad', text: `${failed} failed` } as const;
  return { tone: 'ok', text: 'On' } as const;
}

export function WebhookRow({ webhook, onEdit }: { webhook: Webhook; onEdit(): void }) {
  const { id, name, enabled, types } = webhook;
  const { busy, run } = useCommands();
  const state = stateOf(webhook);
  const test = () =>
    run('test', async () => {
      const { status, responseCode, problem } = await client.webhooks.test({ webhook: id });
      if (status === 'delivered') toast.success(`${name} responded with ${responseCode}`);
      else toast.error(`${name} could not be reached`, { description: problem ?? undefined });
    });
  return (
    <tr className="group">
      <Td>
        <span className="font-medium">{name}</span>
      </Td>
      <Td className="text-ink-soft">{webhook.format}</Td>
      <Td mono className="max-w-72 truncate">
        {webhook.url ?? '—'}
      </Td>
      <Td className="text-ink-soft">{types ? plural(types.length, 'kind') : 'all'}</Td>
      <Td>
        <span className="inline-flex items-center gap-2">
          <StateDot tone={state.tone} />
          {state.text}
        </span>
      </Td>
      <Td end>
        <span className="inline-flex items-center gap-1.5">
          <Button
            size="sm"
            busy={busy === 'test'}
            aria-label={`Test ${name}`}
            onClick={() => void test()}
          >
            Test
          </Button>
          <Menu
            label={`More for ${name}`}
            items={[
              { label: 'Edit…', onSelect: onEdit },
              {
                label: enabled ? 'Switch off' : 'Switch on',
                onSelect: () =>
                  void run('switch', () =>
                    client.webhooks.update({ webhook: id, enabled: !enabled }),
                  ),
              },
              {
                label: 'Remove',
                danger: true,
                onSelect: () => void run('remove', () => client.webhooks.remove({ webhook: id })),
              },
            ]}
          />
        </span>
      </Td>
    </tr>
  );
}
