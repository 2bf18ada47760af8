import type { ContractRouterClient } from '@orpc/contract';
import type { Command } from 'commander';
import { resultCheckText } from '../../../families/texts.ts';
import { whole } from '../../../lib/cli/arguments.ts';
import type { Cli } from '../../../lib/cli/cli.ts';
import type { history, LiveCheck } from '../contract.ts';
import { diffText } from './diff-text.ts';

type Client = ContractRouterClient<typeof history>;

/** Compares two runs, or one run with what is there now. */
export function compareCommands(deployment: Command, cli: Cli<Client>): void {
  deployment
    .command('diff')
    .description('differences between two deployments')
    .argument('<a>', 'id', whole)
    .argument('<b>', 'id', whole)
    .action((a: number, b: number) => cli.answer((client) => client.diff({ a, b }), diffText));

  deployment
    .command('live')
    .description('ask the chain or the engine whether its result is still there')
    .argument('<id>', 'as in the list', whole)
    .action((id: number) =>
      cli.answer(async (client) => {
        const check = await client.live({ id });
        if (check.live === 'unknown') cli.fail();
        return check;
      }, checkText),
    );
}

function checkText(check: LiveCheck): string {
  const head = `Live: ${check.live}${check.problem ? `. ${check.problem}` : ''}`;
  return [head, ...resultCheckText(check)].filter((part) => part !== null).join('\n');
}
