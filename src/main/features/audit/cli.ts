import type { ContractRouterClient } from '@orpc/contract';
import { type Command, InvalidArgumentError } from 'commander';
import { whole } from '../../lib/cli/arguments.ts';
import { type Cli, table, time } from '../../lib/cli/cli.ts';
import type { AuditEntry, audit, Verification } from './contract.ts';

type Client = ContractRouterClient<typeof audit>;

interface ListOptions {
  action?: string;
  network?: string;
  review?: number;
  before?: number;
  limit: number;
}

interface Known {
  id: number;
  hash: string;
}

export function auditCommands(program: Command, cli: Cli<Client>): void {
  const audit = program.command('audit').description('who has done what');

  audit
    .command('list')
    .description('newest first')
    .option('--action <name>', 'one operation, such as keys.create, or all of keys')
    .option('--network <name>')
    .option('--review <id>', 'as in the list of reviews', whole)
    .option('--before <id>', 'only older ones', whole)
    .option('--limit <n>', 'at most 1000', whole, 100)
    .action(({ network, ...options }: ListOptions) =>
      cli.answer((client) => client.list({ ...options, target: network }), listText),
    );

  audit
    .command('verify')
    .description('check that no entry was changed, left out or cut off')
    .option('--known <id:hash>', 'an entry as it was printed before: it must still be there', known)
    .action((options: { known?: Known }) =>
      cli.answer(async (client) => {
        const found = await client.verify(options);
        if (found.broken) cli.fail();
        return found;
      }, verificationText),
    );

  audit
    .command('export')
    .description('all entries, oldest first, as CSV; with --json as one JSON document')
    .action(() => cli.answer((client) => exported(client, cli.json), String));
}

/** CSV as a text, or every entry. */
async function exported(client: Client, asJson: boolean): Promise<string | AuditEntry[]> {
  const texts: string[] = [];
  let after: number | null = 0;
  while (after !== null) {
    const format = asJson ? 'json' : 'csv';
    const part: Awaited<ReturnType<Client['export']>> = await client.export({
      ...{ format, after, limit: 10_000 },
    });
    texts.push(part.text);
    after = part.next;
  }
  const text = texts.join('').trimEnd();
  if (!asJson) return text;
  return text === '' ? [] : text.split('\n').map((line) => JSON.parse(line));
}

function known(text: string): Known {
  const [, id, hash = ''] = /^(\d+):([0-9a-f]{64})$/i.exec(text) ?? [];
  if (!id) throw new InvalidArgumentError('Give it as "audit verify" has printed it: <id>:<hash>.');
  return { id: Number(id), hash: hash.toLowerCase() };
}

const who = ({ user, door, token }: AuditEntry): string =>
  `${user ?? '?'} (${token === null ? door : `${door}, ${token}`})`;

const about = ({ subject, target, review, run }: AuditEntry): string =>
  [
    subject,
    target === null ? null : `on ${target}`,
    review === null ? null : `review ${review}`,
    run === null ? null : `run ${run}`,
  ]
    .filter((part) => part !== null)
    .join(', ');

const listText = (entries: AuditEntry[]): string =>
  entries.length === 0
    ? 'Nothing is noted yet.'
    : table(
        ['ID', 'WHEN', 'WHO', 'WHAT', 'ABOUT', 'OUTCOME', ''],
        entries.map((entry) => [
          ...[entry.id, time(entry.at), who(entry), entry.action, about(entry)],
          ...[entry.outcome, entry.detail],
        ]),
      );

function verificationText({ entries, head, broken }: Verification): string {
  if (broken) {
    return `The audit log is broken at entry ${broken.id}: ${broken.why}. The ${entries} before it are as they were written.`;
  }
  if (!head) return 'Nothing is noted yet.';
  return `All ${entries} entries are as they were written. The last one is ${head.id}:${head.hash}; keep that elsewhere, and give it to --known later.`;
}
