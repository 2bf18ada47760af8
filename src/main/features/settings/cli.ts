import { readFile } from 'node:fs/promises';
import type { ContractRouterClient } from '@orpc/contract';
import type { Command } from 'commander';
import { type Cli, facts, table } from '../../lib/cli/cli.ts';
import { saved, savedText } from '../../lib/cli/saved-file.ts';
import { expandPath } from '../../lib/expand-path.ts';
import { AppError } from '../../shared/errors.ts';
import { settingsIn, settingsText } from './contract/settings-file.ts';
import {
  type DescribedSetting,
  type Settings,
  type settings,
  settingVariables,
} from './contract.ts';

type Client = ContractRouterClient<typeof settings>;

const show = (s: Settings) => facts(Object.entries(s).map(([key, value]) => [key, String(value)]));

function typed(value: string): string | number | boolean {
  if (value === 'true' || value === 'false') return value === 'true';
  return /^\d+$/.test(value) ? Number(value) : value;
}

/** Settings that a variable overrides; variables of a core in another process aren't seen here. */
function overridden(keys: string[]): string[] {
  return keys.flatMap((key) => {
    const name = settingVariables[key];
    const value = name && process.env[name];
    return value
      ? [`${name}=${value} comes before the setting ${key} in a Drydock that is started from here.`]
      : [];
  });
}

const originWords = ({ origin, variable }: DescribedSetting): string | null =>
  variable ? `${variable.name}=${variable.value}` : origin === 'here' ? 'here' : null;

const listText = (all: readonly DescribedSetting[]): string =>
  table(
    ['SETTING', 'VALUE', 'DEFAULT', 'SET BY'],
    all.map((one) => [one.key, `${one.value}`, `${one.default}`, originWords(one)]),
  );

export function settingsCommands(program: Command, cli: Cli<Client>): void {
  const command = program.command('settings').description('settings of this data folder');
  const showing = (keys: string[], work: (client: Client) => Promise<Settings>) =>
    cli.answer(async (client) => {
      const all = await work(client);
      for (const text of overridden(keys)) cli.say(text);
      return all;
    }, show);

  command
    .command('list')
    .description('all settings, with their defaults and what decides them; with --json the values')
    .action(() =>
      cli.json
        ? showing(Object.keys(settingVariables), (client) => client.get())
        : cli.answer((client) => client.describe(), listText),
    );

  command
    .command('set')
    .description('change one')
    .argument('<key>', 'as "settings list" shows it')
    .argument('<value>')
    .action((key: string, value: string) =>
      showing([key], (client) => client.set({ [key]: typed(value) })),
    );

  command
    .command('reset')
    .description('go back to the default of one')
    .argument('<key>', 'as "settings list" shows it')
    .action((key: string) => showing([key], (client) => client.reset({ key })));

  command
    .command('export')
    .description('what is set here, as JSON for "settings import"; keys of services are no part')
    .option('--out <file>', 'write it there instead of printing it')
    .action(({ out }: { out?: string }) =>
      cli.answer(
        async (client) => saved({ text: settingsText(await client.describe()) }, out),
        savedText,
      ),
    );

  command
    .command('import')
    .description('set what an exported file says: all of it, or nothing when a part is refused')
    .argument('<file>', 'as "settings export" wrote it')
    .action((file: string) =>
      showing(Object.keys(settingVariables), async (client) =>
        client.set(settingsIn(await textOf(file))),
      ),
    );
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(expandPath(file), 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : `${error}`;
    throw new AppError('FILE_NOT_FOUND', `${file} can't be read: ${why}.`);
  }
}
