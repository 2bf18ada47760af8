import type { ContractRouterClient } from '@orpc/contract';
import { type Cli, plain } from '../../../lib/cli/cli.ts';
import { LiveLine } from '../../../lib/cli/live-line.ts';
import { printLive } from '../../../lib/cli/print-live.ts';
import { isFinal } from '../../../shared/final.ts';
import type { JournalEvent } from '../../../shared/run.ts';
import type { DeploymentDetail, deployments } from '../contract.ts';

export type Client = ContractRouterClient<typeof deployments>;

/** Prints a run's output as it arrives, cancels it on Ctrl-C, and returns how it ended. */
export async function untilEnd(
  client: Client,
  cli: Cli<Client>,
  { id }: { id: number },
): Promise<DeploymentDetail> {
  const cancel = () => {
    client.cancel({ id }).catch(() => undefined);
  };
  if (cli.signal.aborted) cancel();
  else cli.signal.addEventListener('abort', cancel);
  const live = new LiveLine();
  const over = new AbortController();
  if (!cli.json && live.canBeSeen) void showLive(client, id, live, over.signal);
  try {
    for await (const event of follow(client, id, 0)) {
      if (!cli.json) live.above(() => printLive(event, cli));
    }
  } finally {
    over.abort();
    live.show('');
  }
  const ended = await client.get({ id });
  if (ended.status !== 'succeeded') cli.fail();
  return { ...ended, ...partsOf(ended) };
}

/** What came out of a run, by name, e.g. `contracts`: for scripts that look for nothing else. */
function partsOf({ result }: DeploymentDetail): Record<string, unknown> {
  const { family: _, ...parts } = result ?? { family: null };
  return parts;
}

/** Prints the log of a run, and on request follows it until the run ends. */
export async function printLog(
  cli: Cli<Client>,
  id: number,
  { stay, after }: { stay: boolean; after: number },
): Promise<void> {
  const live = new LiveLine();
  const over = new AbortController();
  const seen = stay && !cli.json && live.canBeSeen;
  await cli.stream(
    async (client) => {
      if (seen) void showLive(client, id, live, over.signal);
      return stay ? follow(client, id, after) : pages(client, id, after);
    },
    (event) => {
      if (event.type !== 'log') return undefined;
      live.show('');
      return plain(event.text);
    },
  );
  over.abort();
  live.show('');
}

/**
 * Runs until the signal is aborted. Failing to show the line is harmless: the log is complete
 * without it.
 */
async function showLive(
  client: Client,
  id: number,
  live: LiveLine,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const line of await client.liveLine({ id }, { signal })) {
      if (!signal.aborted) live.show(line);
    }
  } catch {
    // The connection was lost or closed.
  }
}

/** Yields every event up to the last one. */
async function* follow(client: Client, id: number, after: number): AsyncGenerator<JournalEvent> {
  let seq = after;
  for (;;) {
    const before = seq;
    for await (const batch of await client.watch({ id, after: seq })) {
      for (const event of batch) {
        seq = event.seq;
        yield event;
        if (event.type === 'status' && isFinal(event.status)) return;
      }
    }
    if (seq === before) return;
  }
}

async function* pages(client: Client, id: number, after: number): AsyncGenerator<JournalEvent> {
  for (let seq = after; ; ) {
    const events = await client.logs({ id, after: seq });
    if (events.length === 0) return;
    yield* events;
    seq = events.at(-1)?.seq ?? seq;
  }
}
