import type { ContractRouterClient } from '@orpc/contract';
import { type Command, Option } from 'commander';
import type { Cli } from '../../lib/cli/cli.ts';
import { saved, savedText } from '../../lib/cli/saved-file.ts';
import { type DiffFormat, type DiffPart, diffFormat, type stateDiff } from './contract.ts';
import { diffText } from './text.ts';

interface Options {
  as?: DiffFormat;
  out?: string;
}

export function stateDiffCommands(
  program: Command,
  cli: Cli<ContractRouterClient<typeof stateDiff>>,
): void {
  const chain =
    program.commands.find((command) => command.name() === 'chain') ?? program.command('chain');
  chain
    .command('diff')
    .description('what differs between two snapshots, or a snapshot and now')
    .argument('<name>', 'of the local or fork network')
    .argument('<before>', 'name or id of a snapshot')
    .argument('[after]', 'the same, or: now', 'now')
    .addOption(
      new Option('--as <format>', 'as JSON, or as a test that passes on the later state').choices(
        diffFormat.options,
      ),
    )
    .option('--out <file>', 'write a file instead of printing')
    .action((name: string, before: string, after: string, { as, out }: Options) => {
      const input = { chain: name, before, after };
      if (as !== undefined || out !== undefined) {
        return cli.answer(
          async (client) => saved(await client.export({ ...input, format: as }), out),
          savedText,
        );
      }
      if (cli.json) {
        return cli.answer(
          async (client) => JSON.parse((await client.export(input)).text) as unknown,
          String,
        );
      }
      return cli.answer(async (client) => {
        const parts: DiffPart[] = [];
        for await (const part of await client.compare(input)) parts.push(part);
        return parts;
      }, diffText);
    });
}
