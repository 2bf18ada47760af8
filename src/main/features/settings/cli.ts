import type { ContractRouterClient } from '@orpc/contract';
import type { Command } from 'commander';
import { type Cli, facts } from '../../lib/cli/cli.ts';
import type { Settings, settings } from './contract.ts';

type Client = ContractRouterClient<typeof settings>;

const show = (s: Settings) => facts(Object.entries(s).map(([key, value]) => [key, String(value)]));

function typed(value: string): string | number | boolean {
  if (value === 'true' || value === 'false') return value === 'true';
  return /^\d+$/.test(value) ? Number(value) : value;
}

/** The environment variables that override settings. */
const variables: { [key: string]: string } = {
  engine: 'DRYDOCK_ENGINE',
  buildNetwork: 'DRYDOCK_BUILD_NETWORK',
};

/** Settings that a variable overrides; variables of a core in another process aren't seen here. */
function overridden(keys: string[]): string[] {
  return keys.flatMap((key) => {
    const name = variables[key];
    const value = name && process.env[name];
    return value
      ? [`${name}=${value} comes before the setting ${key} in a Drydock that is started from here.`]
      : [];
  });
}

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
    .description('all settings')
    .action(() => showing(Object.keys(variables), (client) => client.get()));

  command
    .command('set')
    .description('change one')
    .argument('<key>', 'as "settings list" shows it')
    .argument('<value>')
    .action((key: string, value: string) =>
      showing([key], (client) => client.set({ [key]: typed(value) })),
    );
}
