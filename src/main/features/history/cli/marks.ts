import type { ContractRouterClient } from '@orpc/contract';
import type { Command } from 'commander';
import { collect, whole } from '../../../lib/cli/arguments.ts';
import type { Cli } from '../../../lib/cli/cli.ts';
import type { HistoryItem, history } from '../contract.ts';

type Client = ContractRouterClient<typeof history>;

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
    .argument('<id>', 'as in the list', whole)
    .argument('[tags...]')
    .option('--remove <tag>', 'take one off; give the option once for each', collect)
    .action((id: number, add: string[] = [], { remove }: { remove?: string[] }) =>
      cli.answer((client) => client.tag({ id, add, remove }), noted),
    );

  deployment
    .command('pin')
    .description('pin it')
    .argument('<id>', 'as in the list', whole)
    .option('--off', 'unpin it')
    .action((id: number, { off }: { off?: boolean }) =>
      cli.answer((client) => client.pin({ id, pinned: !off }), noted),
    );
}

function noted(d: HistoryItem): string {
  const parts = [
    `${d.project.name} #${d.number} (id ${d.id})`,
    d.pinned && 'pinned',
    d.tags.length > 0 && `tags ${d.tags.join(', ')}`,
    d.note && `note: ${d.note}`,
  ];
  return parts.filter(Boolean).join('; ');
}
