import type { ContractRouterClient } from '@orpc/contract';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { needed, projectArgument, refuse } from '../../lib/cli/arguments.ts';
import { type Cli, facts, plural, table } from '../../lib/cli/cli.ts';
import { colors } from '../../lib/cli/colors.ts';
import { type TargetOptions, targetOf, withTarget } from '../../lib/cli/target-options.ts';
import { AppError } from '../../shared/errors.ts';
import { givenFile, givenValue, writtenFile } from './cli-files.ts';
import type {
  Checked,
  environments,
  Imported,
  ReadFile,
  ScopeInput,
  Variable,
} from './contract.ts';

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

interface ImportOptions extends ScopeOptions {
  file: string;
  overwrite?: boolean;
  keep?: boolean;
}

interface ExportOptions extends ScopeOptions {
  file?: string;
  values?: boolean;
  overwrite?: boolean;
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
  scoped(env.command('import'))
    .description('keep the variables of a .env file; its comments become notes')
    .requiredOption('--file <file>', '"-" reads standard input')
    .addOption(new Option('--overwrite', 'replace values that differ'))
    .addOption(new Option('--keep', 'leave values that differ as they are').conflicts('overwrite'))
    .action((project: string | undefined, options: ImportOptions) => {
      const scope = scopeOf(project, options);
      return cli.answer(async (client) => {
        const text = await givenFile(options.file);
        const replace = await replaced(cli, options, () => client.read({ ...scope, text }));
        return client.import({ ...scope, text, replace });
      }, importedText);
    });

  scoped(env.command('export'))
    .description('print the effective variables as a .env, without values unless told otherwise')
    .option('--file <file>', 'write it there, readable by you alone')
    .option('--values', 'with their values, in clear')
    .option('--overwrite', 'in the place of a file that is there')
    .action((project: string | undefined, options: ExportOptions) => {
      const { file, values = false, overwrite = false } = options;
      if (file === undefined) refuse({ '--overwrite': options.overwrite }, 'without --file');
      if (values && file === undefined && process.stdout.isTTY) {
        throw new InvalidArgumentError(
          'Give --file, or pipe it: values are not shown in a terminal.',
        );
      }
      return cli.answer(
        async (client) => {
          const made = await client.export({ ...scopeOf(project, options), values });
          for (const name of made.leftOut)
            cli.say(`${name} can stand in no such file; it is left out.`);
          return file === undefined ? made : writtenFile(file, made, overwrite);
        },
        (made) => ('text' in made ? made.text.replace(/\n$/, '') : `Wrote ${made.file}.`),
      );
    });
  withTarget(
    env.command('check').argument('<project>', PROJECT, projectArgument),
    'for deploys to this network',
  )
    .description('which variables its code asks for, and which of them a run would lack')
    .option('--script <entry>', 'what is deployed; default: everything that can be')
    .action((project: string, { script, ...options }: TargetOptions & { script?: string }) =>
      cli.answer(async (client) => {
        const checked = await client.check({ project, ...targetOf(options), entry: script });
        if (checked.missing.length > 0) cli.fail();
        return checked;
      }, checkedText),
    );
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

/** Whether values that differ are replaced; undefined: there are none, or nobody says. */
async function replaced(
  cli: Cli<Client>,
  { overwrite, keep }: ImportOptions,
  read: () => Promise<ReadFile>,
): Promise<boolean | undefined> {
  if (overwrite || keep) return overwrite === true;
  const other = (await read()).variables.filter(({ state }) => state === 'other');
  const prompts = other.length === 0 ? null : await cli.prompts();
  if (!prompts) return undefined;
  const names = other.map(({ name }) => name).join(', ');
  const chosen = await prompts.choose(`There are other values of ${names}.`, [
    { value: false, label: 'Keep them' },
    { value: true, label: 'Replace them' },
  ]);
  if (chosen === undefined) throw new AppError('BAD_INPUT', 'Nothing was imported.');
  return chosen;
}

const scopeText = ({ project, target }: Variable): string =>
  `${project?.name ?? 'shared'}${target === null ? '' : ` on ${target}`}`;

const valueText = ({ reference, secret, problem }: Variable): string => {
  if (problem !== null) return colors.red('unreadable');
  return reference ?? (secret ? '••••' : 'kept, not secret');
};

function listText(all: Variable[]): string {
  if (all.length === 0) {
    return 'No variables yet. Keep one with "drydock env set <project> <name>", or read a file with "drydock env import <project> --file .env".';
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

function importedText({ added, replaced: changed, kept, problems }: Imported): string {
  const said = [
    added.length > 0 ? `Added ${added.join(', ')}.` : '',
    changed.length > 0 ? `Replaced ${changed.join(', ')}.` : '',
    kept.length > 0 ? `Left as they were: ${kept.join(', ')}.` : '',
    ...problems.map(({ line, problem }) => `line ${line}: ${problem}`),
  ].filter(Boolean);
  return said.length === 0 ? 'There are no variables in it.' : said.join('\n');
}

function checkedText({ asked, missing, problems }: Checked): string {
  const rows = asked.map(({ name, places: [place = null], origin, isOptional }) => [
    name,
    origin ?? (isOptional ? colors.dim('not set, optional') : colors.red('missing')),
    place,
  ]);
  const head =
    missing.length > 0
      ? `${plural(missing.length, 'variable')} missing: ${missing.join(', ')}.`
      : 'No variable is missing.';
  return [
    ...(rows.length === 0 ? [] : [table(['NAME', 'FROM', 'ASKED FOR IN'], rows)]),
    ...problems,
    head,
  ].join('\n');
}
