import type { ContractRouterClient } from '@orpc/contract';
import type { Command } from 'commander';
import { collect, numbers, whole } from '../../../lib/cli/arguments.ts';
import type { Cli } from '../../../lib/cli/cli.ts';
import type { HistoryItem, history } from '../contract.ts';

type Client = ContractRouterClient<typeof history>;

const IDS = 'as in the list; several with commas: 3,4,7';

/** Pins, notes and tags of a deployment. */
export function markCommands(deployment: Command, cli: Cli<Client>): void {
  deployment
    .command('note')
    .description('set its note; without text: remove it')
    .argument('<id>', 'as in the list', whole)
    .argument('[text...]')
    .action((id: number, text: string[] = []) =>
      cli.answer((client) => client.note({ id, note: text.join(' ') }), noted),
    );

  deployment
    .command('tag')
    .description('add tags')
    .argument('<ids>', IDS, numbers)
    .argument('[tags...]')
    .option('--remove <tag>', 'take one off; give the option once for each', collect)
    .action((ids: number[], add: string[] = [], { remove }: { remove?: string[] }) =>
      cli.answer((client) => marked(client, ids, { add, remove }), notedText),
    );

  deployment
    .command('pin')
    .description('pin it')
    .argument('<ids>', IDS, numbers)
    .option('--off', 'unpin it')
    .action((ids: number[], { off }: { off?: boolean }) =>
      cli.answer((client) => marked(client, ids, { pinned: !off }), notedText),
    );
}

interface Marks {
  pinned?: boolean;
  add?: string[];
  remove?: string[];
}

/** One is answered alone, several as a list. */
async function marked(
  client: Client,
  ids: number[],
  marks: Marks,
): Promise<HistoryItem | HistoryItem[]> {
  const all = await client.mark({ ids, ...marks });
  const [only] = all;
  return only && all.length === 1 ? only : all;
}

const notedText = (all: HistoryItem | HistoryItem[]): string => [all].flat().map(noted).join('\n');

function noted(d: HistoryItem): string {
  const parts = [
    `${d.project.name} #${d.number} (id ${d.id})`,
    d.pinned && 'pinned',
    d.tags.length > 0 && `tags ${d.tags.join(', ')}`,
    d.note && `note: ${d.note}`,
  ];
  return parts.filter(Boolean).join('; ');
}
