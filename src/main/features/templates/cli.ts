import type { ContractRouterClient } from '@orpc/contract';
import { type Command, Option } from 'commander';
import { folderArgument } from '../../lib/cli/arguments.ts';
import type { Cli } from '../../lib/cli/cli.ts';
import type { KindInfo } from '../../shared/kind.ts';
import { projectWord } from '../../shared/project-word.ts';
import type { templates } from './contract.ts';

/** @param kinds the first with a template is the one that is taken by default */
export function templateCommands(
  program: Command,
  cli: Cli<ContractRouterClient<typeof templates>>,
  kinds: readonly KindInfo[],
): void {
  const known = kinds.filter(({ template }) => template !== null).map(({ id }) => id);
  program
    .command('new')
    .description('make a new project from a template, and add it')
    .argument('<folder>', 'that is not there yet, or is empty', folderArgument)
    .addOption(
      new Option('--kind <kind>', 'what it is to be deployed as').choices(known).default(known[0]),
    )
    .option('--name <name>', "name to show; default: the folder's")
    .action((folder: string, { kind, name }: { kind: string; name?: string }) =>
      cli.answer(
        (client) => client.create({ kind, path: folder, name }),
        (project) =>
          `Made ${project.name} (${project.kind}) at ${project.path}\nDeploy it: drydock deploy ${projectWord(project)} --network local`,
      ),
    );
}
