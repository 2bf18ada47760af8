import type { ContractRouterClient } from '@orpc/contract';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { formatEther } from 'viem';
import { whole } from '../../lib/cli/arguments.ts';
import { type Cli, facts, time } from '../../lib/cli/cli.ts';
import { colors } from '../../lib/cli/colors.ts';
import { doorWords } from '../../shared/door-words.ts';
import { type OpenDoor, openDoor, type Rails, type railsContract } from './contract.ts';

type Client = ContractRouterClient<typeof railsContract>;

interface RailsOptions {
  production?: 'yes' | 'no' | 'auto';
  from?: OpenDoor[];
  fromAll?: true;
  sender?: string[];
  allSenders?: true;
  dailyLimit?: string;
  confirmations?: number | 'auto';
}

/** Beside the other commands of networks. */
export function railsCommands(program: Command, cli: Cli<Client>): void {
  const network =
    program.commands.find((command) => command.name() === 'network') ?? program.command('network');

  network
    .command('rails')
    .description('what may be sent to a live network: shows it, or changes what is given')
    .argument('<network>')
    .addOption(new Option('--from <door...>', 'only from there').choices(openDoor.options))
    .addOption(new Option('--from-all', 'from everywhere').conflicts('from'))
    .option('--sender <address...>', 'only these addresses')
    .addOption(new Option('--all-senders', 'every address').conflicts('sender'))
    .option('--daily-limit <amount>', 'the most that 24 hours may cost, as in 0.5ether; "none"')
    .option('--confirmations <n>', 'until a transaction counts as final; "auto"', wholeOrAuto)
    .addOption(
      new Option(
        '--production <how>',
        'whether its name has to be typed; auto: by its chain id',
      ).choices(['yes', 'no', 'auto']),
    )
    .action((name: string, options: RailsOptions) => {
      const set = setOf(options);
      return cli.answer(
        (client) =>
          Object.keys(set).length === 0
            ? client.get({ network: name })
            : client.set({ network: name, ...set }),
        railsText,
      );
    });

  network
    .command('freeze')
    .description('send nothing more there, not even what a run has still to send')
    .argument('<network>')
    .option('--note <text>', 'why, for whoever meets it')
    .action((name: string, { note }: { note?: string }) =>
      cli.answer((client) => client.freeze({ network: name, note }), railsText),
    );

  network
    .command('unfreeze')
    .description('let it be sent again')
    .argument('<network>')
    .action((name: string) =>
      cli.answer((client) => client.unfreeze({ network: name }), railsText),
    );
}

function setOf(options: RailsOptions) {
  const { production, from, fromAll, sender, allSenders, dailyLimit, confirmations } = options;
  return {
    ...(production && { production: production === 'auto' ? null : production === 'yes' }),
    ...(from && { doors: from }),
    ...(fromAll && { doors: null }),
    ...(sender && { senders: sender }),
    ...(allSenders && { senders: null }),
    ...(dailyLimit && { dailyLimit: dailyLimit === 'none' ? null : dailyLimit }),
    ...(confirmations && { confirmations: confirmations === 'auto' ? null : confirmations }),
  };
}

function wholeOrAuto(text: string): number | 'auto' {
  if (text === 'auto') return text;
  const value = whole(text);
  if (value > 0) return value;
  throw new InvalidArgumentError('Give a number above 0, or "auto".');
}

function railsText(rails: Rails): string {
  const { network, production, doors, senders, dailyLimit, spent, confirmations, freeze } = rails;
  const ether = (wei: string) => `${formatEther(BigInt(wei))} ether`;
  return [
    colors.bold(network),
    ...(freeze
      ? [colors.red(`frozen since ${time(freeze.since)}${freeze.note && `: ${freeze.note}`}`)]
      : []),
    facts([
      ['production', production ? 'yes: its name has to be typed' : 'no'],
      ['sent from', doors?.map((door) => doorWords[door]).join(', ') ?? 'everywhere'],
      ['senders', senders?.join(', ') ?? 'all'],
      ['daily limit', dailyLimit === null ? 'none' : ether(dailyLimit)],
      ['last 24 hours', `at most ${ether(spent)}`],
      ['confirmations', confirmations],
    ]),
  ].join('\n');
}
