import type { ContractRouterClient } from '@orpc/contract';
import type { Command } from 'commander';
import { whole } from '../../lib/cli/arguments.ts';
import { type Cli, time } from '../../lib/cli/cli.ts';
import { colors } from '../../lib/cli/colors.ts';
import { headline, type Tone } from './contract/words.ts';
import type { Event, events } from './contract.ts';

type Client = ContractRouterClient<typeof events>;

const SHOWN = 50;
const PAGE = 1000;

const colours: Record<Tone, (text: string) => string> = {
  good: colors.green,
  bad: colors.red,
  warning: colors.yellow,
  plain: (text) => text,
};

export function eventCommands(program: Command, cli: Cli<Client>): void {
  program
    .command('events')
    .description('what happened, oldest first')
    .option('--follow', 'stay, and print what happens')
    .option('--after <seq>', `only what followed; default: the last ${SHOWN}`, whole)
    .action((options: { follow?: boolean; after?: number }) =>
      cli.stream(
        async (client) => read(client, options, cli.signal),
        (event) => line(event),
      ),
    );
}

function line(event: Event): string {
  const { title, detail, tone } = headline(event);
  const rest = detail ? colors.dim(` · ${detail}`) : '';
  return `${colors.dim(`${event.seq}  ${time(event.at)}`)}  ${colours[tone](title)}${rest}`;
}

async function* read(
  client: Client,
  { follow, after }: { follow?: boolean; after?: number },
  signal: AbortSignal,
): AsyncGenerator<Event> {
  const [newest] = await client.list({ limit: 1 });
  let seq = after ?? 0;
  if (after === undefined) {
    const last = (await client.list({ limit: SHOWN })).reverse();
    yield* last;
    seq = last.at(-1)?.seq ?? 0;
  }
  const until = newest?.seq ?? 0;
  while (!signal.aborted && (follow || seq < until)) {
    const limit = follow ? 10 * PAGE : PAGE;
    try {
      for await (const batch of await client.watch({ after: seq, limit }, { signal })) {
        for (const event of batch) {
          seq = event.seq;
          yield event;
          if (!follow && seq >= until) return;
        }
      }
    } catch (error) {
      // Ctrl-C is how following ends.
      if (signal.aborted) return;
      throw error;
    }
  }
}
