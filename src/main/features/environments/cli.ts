import type { ContractRouterClient } from '@orpc/contract';
import { type Command, Option } from 'commander';
import { needed, projectArgument, refuse } from '../../lib/cli/arguments.ts';
import { type Cli, facts, table } from '../../lib/cli/cli.ts';
import { colors } from '../../lib/cli/colors.ts';
import { type TargetOptions, targetOf, withTarget } from '../../lib/cli/target-options.ts';
import { givenValue } from './cli-files.ts';
import type { environments, ScopeInput, Variable } from './contract.ts';

type Client = ContractRouterClient<typeof environments>;

interface ScopeOptions extends TargetOptions {
  shared?: boolean;
}

interface SetOptions extends ScopeOptions {
  from?: string;
  note?: string;
  secret?: boolean;
  plain?: boolean;
  keepValue?: boolean;
}

export function environmentCommands(program: Command, cli: Cli<Client>): void {
  const env = program
    .command('env')
    .description('variables that runs are given; their values are sealed, and shown by no list');

  scoped(env.command('list'))
    .description('the variables of a project with the shared ones')
    .action((project: string | undefined, options: ScopeOptions) =>
      cli.answer((client) => client.list(scopeOf(project, options)), listText),
    );

  scoped(env.command('set'), '<name>')
    .description('keep a variable; its value is asked for, or read from standard input')
    .addOption(
      new Option(
        '--from <reference>',
        'look the value up when a run begins: op://vault/item/field, env:NAME, file:path, keychain:service/account',
      ).conflicts('keepValue'),
    )
    .option('--note <text>', 'what it is for')
    .addOption(new Option('--secret', 'hide it in logs and in all that is shown'))
    .addOption(new Option('--plain', 'show it in logs').conflicts('secret'))
    .option('--keep-value', 'change its note or whether it is secret, and leave its value')
    .action((first: string, second: string | undefined, options: SetOptions) => {
      const { name, scope } = nameOf(first, second, options);
      const { from: reference, note, keepValue } = options;
      const secret = options.plain ? false : options.secret;
      const isGiven = reference !== undefined || keepValue === true;
      return cli.answer(async (client) => {
        const value = isGiven ? undefined : await givenValue(name, await cli.prompts());
        return client.set({ ...scope, name, value, reference, note, secret });
      }, setText);
    });

  scoped(env.command('unset'), '<name>')
    .description('forget a variable')
    .action((first: string, second: string | undefined, options: ScopeOptions) => {
      const { name, scope } = nameOf(first, second, options);
      return cli.answer(
        (client) => client.unset({ ...scope, name }),
        (was) => `${was.name} (${scopeText(was)}) is forgotten.`,
      );
    });

  scoped(env.command('reveal'), '<name>')
    .description('print the value of one variable')
    .action((first: string, second: string | undefined, options: ScopeOptions) => {
      const { name, scope } = nameOf(first, second, options);
      return cli.answer(
        (client) => client.reveal({ ...scope, name }),
        ({ value }) => value,
      );
    });
}

const PROJECT = 'name, id or folder';

/** Adds what a variable is for: a project, or all of them, and a network. */
function scoped(command: Command, name?: string): Command {
  command.argument(name === undefined ? '[project]' : '<project>', PROJECT, projectArgument);
  if (name !== undefined) command.argument('[name]', 'of the variable, e.g. API_KEY');
  return withTarget(command, 'for deploys to this network, or to the engine').option(
    '--shared',
    'of all projects; none is named then',
  );
}

function scopeOf(project: string | undefined, options: ScopeOptions): ScopeInput {
  const { shared, ...rest } = options;
  const { target } = targetOf<TargetOptions>({ target: rest.target, network: rest.network });
  if (shared) {
    refuse({ [`the project ${project}`]: project }, 'with --shared');
    return { target };
  }
  return { project: needed(project, 'a project, or --shared'), target };
}

function nameOf(first: string, second: string | undefined, options: ScopeOptions) {
  if (options.shared) {
    refuse({ [`the project ${first}`]: second }, 'with --shared');
    return { name: first, scope: scopeOf(undefined, options) };
  }
  const name = needed(second, 'the name of a variable');
  return { name, scope: scopeOf(first, options) };
}

const scopeText = ({ project, target }: Variable): string =>
  `${project?.name ?? 'shared'}${target === null ? '' : ` on ${target}`}`;

const valueText = ({ reference, secret, problem }: Variable): string => {
  if (problem !== null) return colors.red('unreadable');
  return reference ?? (secret ? '••••' : 'kept, not secret');
};

function listText(all: Variable[]): string {
  if (all.length === 0) {
    return 'No variables yet. Keep one with "drydock env set <project> <name>".';
  }
  return table(
    ['NAME', 'OF', 'VALUE', 'COUNTS', 'NOTE'],
    all.map((one) => [
      one.name,
      scopeText(one),
      valueText(one),
      one.isEffective ? 'yes' : colors.dim('no'),
      one.note.split('\n')[0] ?? '',
    ]),
  );
}

const setText = (one: Variable): string =>
  facts([
    ['name', one.name],
    ['of', scopeText(one)],
    ['value', valueText(one)],
    ['note', one.note || null],
  ]);
