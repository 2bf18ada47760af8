import path from 'node:path';
import type { Command } from 'commander';
import { collect, collectValues, projectArgument } from '../../../lib/cli/arguments.ts';
import type { Cli } from '../../../lib/cli/cli.ts';
import { askingForTrust, trustOption } from '../../../lib/cli/trust-prompt.ts';
import { type Client, untilEnd } from './follow.ts';
import { endText } from './text.ts';

interface Options {
  project?: string;
  network?: string;
  arg?: string[];
  value?: string;
  from?: string;
  library?: string[];
  snapshot: boolean;
  allowUnsafeUpgrade?: boolean;
  trust?: boolean;
}

/** A contract and its project, as a person types them: `vault.Token`, or a file of this folder. */
export function contractNamed(typed: string): { project: string; contract: string } {
  const [, project, contract] = /^([^/\\:]+)\.([A-Za-z_$][\w$]*)$/.exec(typed) ?? [];
  return project !== undefined && contract !== undefined && contract !== 'sol'
    ? { project, contract }
    : { project: path.resolve(), contract: typed };
}

/** `contract deploy`: `deploy` for a single contract. */
export function deployContractCommand(contract: Command, cli: Cli<Client>): void {
  contract
    .command('deploy')
    .description('deploy one of a project, compiled and recorded as by "deploy"')
    .argument(
      '<contract>',
      'vault.Token; with --project or in its folder also Token, src/Token.sol:Token',
    )
    .option(
      '--project <project>',
      'name, id or folder; default: the current folder',
      projectArgument,
    )
    .option('--network <network>', 'where to (default: local)')
    .option(
      '--arg <value>',
      'one for each argument of its constructor: 12, 1.5ether, [1,2], (a,true); an address also as label, name or account index; @file: its bytes',
      collectValues,
    )
    .option('--value <amount>', 'wei, or with its unit: 1.5ether')
    .option(
      '--from <account>',
      'index of an account of the chain, address, label, or name of a contract',
    )
    .option(
      '--library <name=address>',
      'one for each library that is there already; others are deployed first',
      collect,
    )
    .option('--no-snapshot', 'no automatic snapshot before it')
    .option(
      '--allow-unsafe-upgrade',
      'also when its constructor upgrades a proxy and breaks what is there',
    )
    .option(...trustOption)
    .action((typed: string, options: Options) =>
      cli.answer(
        async (client) => {
          const named =
            options.project === undefined
              ? contractNamed(typed)
              : { project: options.project, contract: typed };
          const input = {
            contract: named.contract,
            ...(options.arg ? { args: options.arg } : {}),
            ...(options.value === undefined ? {} : { value: options.value }),
            ...(options.from === undefined ? {} : { from: options.from }),
            ...(options.library ? { libraries: options.library } : {}),
            ...(options.snapshot ? {} : { snapshot: false }),
            ...(options.allowUnsafeUpgrade ? { allowUnsafeUpgrade: true } : {}),
          };
          const target = options.network ?? 'local';
          const run = await askingForTrust(cli, options.trust, (trust) =>
            client.start({ project: named.project, target, input, trust }),
          );
          return untilEnd(client, cli, run);
        },
        endText,
        { endsItself: true },
      ),
    );
}
