import type { ContractRouterClient } from '@orpc/contract';
import { type Command, Option } from 'commander';
import { orFromInput, whole } from '../../lib/cli/arguments.ts';
import { type Cli, facts, table, time } from '../../lib/cli/cli.ts';
import { colors } from '../../lib/cli/colors.ts';
import { type EventType, eventTypes } from '../events/contract.ts';
import type { Delivery, DeliveryStatus, Webhook, WebhookFormat, webhooks } from './contract.ts';

type Client = ContractRouterClient<typeof webhooks>;

const show = (w: Webhook) =>
  facts([
    ['name', w.name],
    ['format', w.format],
    ['url', w.url],
    ['events', w.types?.join(', ') ?? 'all'],
    ['signed', w.signed ? 'yes' : 'no'],
    ['state', w.enabled ? 'on' : 'off'],
  ]);

export function webhookCommands(program: Command, cli: Cli<Client>): void {
  const webhook = program.command('webhook').description('tell other programs what happens');

  webhook
    .command('list')
    .description('all webhooks')
    .action(() =>
      cli.answer(
        (client) => client.list(),
        (all) =>
          all.length === 0
            ? 'No webhooks yet. Add one with "drydock webhook add <name> --url -".'
            : table(
                ['NAME', 'FORMAT', 'URL', 'EVENTS', 'STATE', 'WAITING', 'FAILED'],
                all.map((w) => [
                  w.name,
                  w.format,
                  w.url,
                  w.types?.join(', ') ?? 'all',
                  w.enabled ? 'on' : 'off',
                  w.waiting,
                  w.failed,
                ]),
              ),
      ),
    );

  webhook
    .command('add')
    .description('add one; its secret is printed here and never again')
    .argument('<name>')
    .requiredOption('--url <url>', '"-" reads it from standard input, out of sight of others')
    .addOption(
      new Option('--format <format>').choices(['json', 'slack', 'discord']).default('json'),
    )
    .addOption(new Option('--event <types...>', 'default: all').choices([...eventTypes]))
    .action((name: string, options: { url: string; format: WebhookFormat; event?: EventType[] }) =>
      cli.answer(
        async (client) => {
          const url = await orFromInput(options.url);
          const types = options.event ?? null;
          return client.add({ name, url, format: options.format, types });
        },
        (w) => (w.secret ? `${show(w)}\n${facts([['secret', w.secret]])}` : show(w)),
      ),
    );

  for (const [command, enabled] of [
    ['enable', true],
    ['disable', false],
  ] as const) {
    webhook
      .command(command)
      .description(enabled ? 'switch it on' : 'switch it off; its deliveries wait')
      .argument('<name>')
      .action((name: string) =>
        cli.answer((client) => client.update({ webhook: name, enabled }), show),
      );
  }

  webhook
    .command('test')
    .description('send a test')
    .argument('<name>')
    .action((name: string) =>
      cli.answer(async (client) => {
        const delivery = await client.test({ webhook: name });
        if (delivery.status !== 'delivered') cli.fail();
        return delivery;
      }, line),
    );

  webhook
    .command('remove')
    .description('remove it and its log')
    .argument('<name>')
    .action((name: string) =>
      cli.answer(
        (client) => client.remove({ webhook: name }),
        (w) => `${w.name} was removed.`,
      ),
    );

  webhook
    .command('deliveries')
    .description('what was sent, newest first')
    .option('--webhook <name>')
    .addOption(
      new Option('--status <status>').choices(['waiting', 'sending', 'delivered', 'failed']),
    )
    .option('--before <id>', 'only older ones', whole)
    .option('--limit <n>', 'at most 500', whole, 50)
    .action(
      (options: { webhook?: string; status?: DeliveryStatus; before?: number; limit: number }) =>
        cli.answer(
          (client) => client.deliveries(options),
          (all) =>
            all.length === 0
              ? 'Nothing was sent yet.'
              : table(
                  ['ID', 'WEBHOOK', 'EVENT', 'STATUS', 'TRIES', 'ANSWER', 'TOOK', 'WHEN'],
                  all.map((d) => [
                    d.id,
                    d.webhook.name,
                    d.type,
                    status(d.status),
                    d.attempts,
                    d.responseCode ?? d.problem,
                    d.durationMs === null ? null : `${Math.round(d.durationMs)} ms`,
                    time(d.endedAt ?? d.createdAt),
                  ]),
                ),
        ),
    );

  webhook
    .command('redeliver')
    .description('try one again')
    .argument('<id>', 'as in the list of deliveries', whole)
    .action((id: number) =>
      cli.answer(
        (client) => client.redeliver({ id }),
        (d) => `Delivery ${d.id} is ${d.status}.`,
      ),
    );
}

function status(value: DeliveryStatus): string {
  if (value === 'delivered') return colors.green(value);
  return value === 'failed' ? colors.red(value) : colors.yellow(value);
}

function line(d: Delivery): string {
  const took = d.durationMs === null ? '' : ` in ${Math.round(d.durationMs)} ms`;
  if (d.status === 'delivered') return `${colors.green('✓')} answered ${d.responseCode}${took}`;
  return `${colors.red('✗')} ${d.problem ?? `The delivery is ${d.status}.`}`;
}
