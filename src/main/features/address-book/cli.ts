import type { ContractRouterClient } from '@orpc/contract';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Cli, table, time } from '../../lib/cli/cli.ts';
import { colors } from '../../lib/cli/colors.ts';
import { type addressBook, type LabelColor, type LabelledAddress, labelColor } from './contract.ts';

interface LabelOptions {
  color?: LabelColor | 'none';
  network?: string;
  remove?: boolean;
}

export function addressBookCommands(
  program: Command,
  cli: Cli<ContractRouterClient<typeof addressBook>>,
): void {
  const address =
    program.commands.find((command) => command.name() === 'address') ?? program.command('address');
  address
    .command('label')
    .description('name an address; without a label, tell how it is called')
    .argument('<address>')
    .argument('[label]', 'what it is called from now on, in every command and view')
    .addOption(
      new Option('--color <color>', 'of the dot beside it').choices([
        ...labelColor.options,
        'none',
      ]),
    )
    .option('--network <network>', 'there alone (default: on all networks)')
    .option('--remove', 'take the label off')
    .action(
      (asked: string, label: string | undefined, { color, network, remove }: LabelOptions) => {
        const about = { address: asked, network };
        if (remove) {
          if (label !== undefined || color !== undefined) {
            throw new InvalidArgumentError('Give --remove alone, or a label or colour.');
          }
          return cli.answer((client) => client.remove(about), removedText);
        }
        if (label === undefined && color === undefined) {
          return cli.answer((client) => client.list(about), listText);
        }
        const marked = color === 'none' ? null : color;
        return cli.answer((client) => client.set({ ...about, label, color: marked }), labelledText);
      },
    );
  address
    .command('list')
    .description('addresses that have a label')
    .option('--network <network>', 'those that hold there (default: all)')
    .action(({ network }: { network?: string }) =>
      cli.answer((client) => client.list({ network }), listText),
    );
}

const where = ({ network }: LabelledAddress): string => network ?? 'all networks';

const labelledText = (one: LabelledAddress): string =>
  `${one.address} on ${where(one)} is called ${one.label} now.`;

const removedText = (one: LabelledAddress): string =>
  `${one.address} on ${where(one)} is no longer called ${one.label}.`;

const listText = (all: readonly LabelledAddress[]): string =>
  all.length === 0
    ? 'No label. Give one with "drydock address label <address> <label>".'
    : table(
        ['LABEL', 'COLOR', 'ADDRESS', 'NETWORK', 'SINCE'],
        all.map((one) => [
          ...[one.label, one.color, one.address],
          one.network ?? colors.dim('all'),
          time(one.changedAt),
        ]),
      );
