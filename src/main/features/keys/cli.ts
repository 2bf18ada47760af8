import type { ContractRouterClient } from '@orpc/contract';
import { type Command, InvalidArgumentError } from 'commander';
import { type Cli, table } from '../../lib/cli/cli.ts';
import { hiddenInput } from '../../lib/cli/hidden-input.ts';
import type { Key, KeySource, keys } from './contract.ts';

type KeysCli = Cli<ContractRouterClient<typeof keys>>;

interface PasswordOptions {
  askPassword?: boolean;
}

interface ImportOptions extends PasswordOptions {
  from?: string;
  entry?: string;
}

const ASK = [
  '--ask-password',
  'give a password of your own, which is asked for each time; default: one is made up and kept, sealed',
] as const;

export function keyCommands(program: Command, cli: KeysCli): void {
  const key = program.command('key').description('keys that sign for live networks');

  key
    .command('list')
    .description('those in the keystores of this machine')
    .action(() => cli.answer((client) => client.list(), listText));

  key
    .command('create')
    .description('make a new key')
    .argument('<name>')
    .option(...ASK)
    .action(async (name: string, options: PasswordOptions) => {
      const password = await passwordOf(cli, options, name);
      return cli.answer((client) => client.create({ name, password }), madeText);
    });

  key
    .command('import')
    .description(
      'keep a private key, which is asked for, or comes as the first line of standard input',
    )
    .argument('<name>')
    .option(...ASK)
    .option('--entry <name>', 'of another tool’s keystore, whose password is asked for instead')
    .option('--from <tool>', 'which tool’s, where several have one: see "drydock key sources"')
    .action(async (name: string, options: ImportOptions) => {
      if (options.entry !== undefined) return importEntry(cli, name, options.entry, options);
      const typed = await hiddenInput(cli, `Private key of ${name}`);
      const [privateKey = '', piped] = typed?.split('\n') ?? [];
      const password = piped?.trim() || (await passwordOf(cli, options, name));
      return cli.answer((client) => client.import({ name, privateKey, password }), madeText);
    });

  key
    .command('sources')
    .description('keystores of other tools, from which keys can be imported')
    .action(() => cli.answer((client) => client.sources(), sourcesText));

  key
    .command('remove')
    .description('delete its keystore: what only it can move is lost')
    .argument('<name>')
    .option('--confirm <name>', 'its name again')
    .action(async (name: string, { confirm }: { confirm?: string }) => {
      const prompts = confirm === undefined ? await cli.prompts() : null;
      const again =
        confirm ?? (await prompts?.type(`Its key is lost for good. Type ${name} to delete it`));
      return cli.answer(
        (client) => client.remove({ name, confirm: again }),
        ({ removed }) => `The key ${removed} is deleted.`,
      );
    });

  key
    .command('grant')
    .description('unlock it for 60 seconds, or for the one run that begins by then')
    .argument('<name>')
    .action(async (name: string) => {
      const found = (await cli.call((client) => client.list())).find((one) => one.name === name);
      const password =
        found?.password === 'asked' ? await hiddenInput(cli, `Password of ${name}`) : undefined;
      return cli.answer(
        (client) => client.grant({ name, password }),
        ({ address }) =>
          `The key ${name} (${address}) is unlocked for 60 s, where Drydock runs on.`,
      );
    });

  key
    .command('lock')
    .description('end its grant now')
    .argument('<name>')
    .action((name: string) =>
      cli.answer(
        (client) => client.lock({ name }),
        () => `The key ${name} is locked.`,
      ),
    );
}

async function importEntry(cli: KeysCli, name: string, entry: string, options: ImportOptions) {
  const all = await cli.call((client) => client.sources());
  const having = all.filter(({ entries }) => entries.includes(entry));
  const source = options.from ?? (having.length === 1 ? having[0]?.source : undefined);
  if (source === undefined) {
    throw new InvalidArgumentError(
      `${having.length === 0 ? 'No keystore of another tool has' : 'Several tools have'} ${entry}. List them with "drydock key sources", and name one with --from.`,
    );
  }
  const typed = await hiddenInput(cli, `Password of the keystore of ${source}`);
  const [itsPassword = '', piped] = typed?.split('\n') ?? [];
  const password = piped?.trim() || (await passwordOf(cli, options, name));
  const from = { source, entry, password: itsPassword };
  return cli.answer((client) => client.import({ name, from, password }), madeText);
}

async function passwordOf(
  cli: KeysCli,
  { askPassword }: PasswordOptions,
  name: string,
): Promise<string | undefined> {
  if (!askPassword) return undefined;
  const password = await hiddenInput(cli, `Password of ${name}`);
  if (password) return password;
  throw new InvalidArgumentError('Give a password: in a terminal, or on standard input.');
}

const passwords: Record<Key['password'], string> = {
  asked: 'asked for',
  kept: 'kept, sealed',
  unreadable: 'can’t be read',
};

const listText = (all: Key[]): string =>
  all.length === 0
    ? 'There are no keys. Make one with "drydock key create <name>".'
    : table(
        ['name', 'address', 'password', ''],
        all.map(({ name, address, password, problem }) => [
          ...[name, address, passwords[password]],
          problem ?? '',
        ]),
      );

const sourcesText = (all: KeySource[]): string =>
  all.length === 0
    ? 'No other tool has a keystore on this machine.'
    : table(
        ['tool', 'file', 'entries'],
        all.map(({ source, file, entries, problem }) => [
          ...[source, file, problem ?? entries.join(', ')],
        ]),
      );

const madeText = ({ name, address, file, password }: Key): string =>
  `The key ${name} is ${address}. Its keystore is ${file}; ${
    password === 'kept'
      ? 'Drydock has made up its password and keeps it, sealed'
      : 'its password is asked for each time'
  }. Keep a copy of it.`;
