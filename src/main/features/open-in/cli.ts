import type { ContractRouterClient } from '@orpc/contract';
import { type Command, Option } from 'commander';
import { projectArgument } from '../../lib/cli/arguments.ts';
import type { Cli } from '../../lib/cli/cli.ts';
import { type OpenPlace, type openIn, openPlaces } from './contract.ts';
import { placeIn } from './place-in.ts';

export function openCommands(
  program: Command,
  cli: Cli<ContractRouterClient<typeof openIn>>,
): void {
  program
    .command('open')
    .description('open a project in an editor, terminal or file manager')
    .argument('<project>', 'name, id or folder', projectArgument)
    .argument('[file]', 'of the project, e.g. src/Vault.sol:12')
    .addOption(new Option('--in <place>', 'where').choices(openPlaces).default('editor'))
    .option('--with <program>', 'its id, as --json lists them after a wrong one')
    .action(
      (project: string, file: string | undefined, options: { in: OpenPlace; with?: string }) =>
        cli.answer(
          (client) =>
            client.project({
              ...{ project, in: options.in, program: options.with },
              ...(file === undefined ? {} : placeIn(file)),
            }),
          (opened) => `Opened ${opened.path} in ${opened.program}`,
        ),
    );
}
