import type { ContractRouterClient } from '@orpc/contract';
import { Argument, type Command, InvalidArgumentError } from 'commander';
import { refuse } from '../../lib/cli/arguments.ts';
import type { Cli } from '../../lib/cli/cli.ts';
import type { chains } from '../chains/contract.ts';
import { type ControlClis, type SetOptions, setters, usageOf, valuesFor } from './cli/setters.ts';
import { pendingText } from './cli/text.ts';
import type { chainControls } from './contract.ts';

interface Clis extends ControlClis {
  controls: Cli<ContractRouterClient<typeof chainControls>>;
  chains: Cli<ContractRouterClient<typeof chains>>;
}

export function chainControlCommands(program: Command, clis: Clis): void {
  const chain =
    program.commands.find((command) => command.name() === 'chain') ?? program.command('chain');

  chain
    .command('set')
    .description(
      `set something about a chain:\n${setters.map((one) => `  ${one.name} ${usageOf(one)}`).join('\n')}`,
    )
    .argument('<chain>')
    .argument('<what>', setters.map(({ name }) => name).join(', '))
    .argument('[values...]')
    .option('--snapshot', 'of balance, nonce, code and storage: take one first, to go back to')
    .action((name: string, what: string, values: string[], options: SetOptions) => {
      const setter = setters.find((one) => one.name === what);
      if (setter) {
        if (!setter.hasSnapshot) refuse({ '--snapshot': options.snapshot }, `with ${what}`);
        return setter.set(clis, name, valuesFor(setter, name, values), options);
      }
      throw new InvalidArgumentError(
        `There is no "${what}" to set. Give one of ${setters.map((one) => one.name).join(', ')}.`,
      );
    });

  chain
    .command('pending')
    .description('transactions that wait to be mined; drop or mine them')
    .argument('[chain]', 'default: local', 'local')
    .addArgument(
      new Argument('[action]', 'drop: one or all; mine: a block').choices(['drop', 'mine']),
    )
    .argument('[hash]', 'of the one to drop, or its first digits; default: all')
    .action((name: string, action: string | undefined, hash: string | undefined) => {
      if (action === 'mine') {
        refuse({ [`"${hash}"`]: hash }, 'with mine');
        return clis.chains.answer(
          (client) => client.mine({ chain: name }),
          (c) => `${c.name} is at block ${c.blockNumber}; ${c.pending ?? 0} wait.`,
        );
      }
      if (action === 'drop') {
        return clis.controls.answer(
          (client) => client.drop({ chain: name, hash }),
          ({ dropped }) => `Dropped ${dropped}.`,
        );
      }
      return clis.controls.answer((client) => client.pending({ chain: name }), pendingText);
    });
}
