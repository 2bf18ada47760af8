import type { ContractRouterClient } from '@orpc/contract';
import { type Command, Option } from 'commander';
import type { Cli } from '../../../lib/cli/cli.ts';
import type { contracts } from '../contract.ts';
import { calling, FUNCTION } from './call.ts';
import { CONTRACT, type OnNetwork, onNetwork } from './options.ts';
import { callsText, callText, ranText } from './text.ts';

interface SaveOptions extends OnNetwork {
  arg?: string[];
  from?: string;
  value?: string;
  replace?: boolean;
}

interface RunOptions extends OnNetwork {
  simulate?: boolean;
  force?: boolean;
  allowUnsafeUpgrade?: boolean;
}

/** Calls under names of their own. */
export function savedCallCommands(
  contract: Command,
  cli: Cli<ContractRouterClient<typeof contracts>>,
): void {
  const call = contract.command('call').description('calls that are saved under a name');

  calling(
    call
      .command('save')
      .description('check a call, and save it to be made again; nothing is sent')
      .argument('<name>', 'what it is called from now on')
      .argument('<contract>', `${CONTRACT}; a name stands for what is called so when it is run`)
      .argument('<function>', FUNCTION),
  )
    .option('--value <amount>', 'wei, or with its unit: 1.5ether')
    .option('--replace', 'the call that has the name')
    .action((name: string, of: string, asked: string, { arg, ...options }: SaveOptions) =>
      cli.answer(
        (client) =>
          client.saveCall({ ...options, name, contract: of, function: asked, arguments: arg }),
        (saved) => `${callText(saved)} on ${saved.network} is saved as ${saved.name}.`,
      ),
    );

  call
    .command('list')
    .description('all of them, by name')
    .option('--network <network>', 'on this one (default: all)')
    .action((options: OnNetwork) => cli.answer((client) => client.calls(options), callsText));

  onNetwork(call.command('run').description('read, or send').argument('<name>'))
    .addOption(
      new Option('--simulate', 'tell what it would do, and send nothing').conflicts([
        'force',
        'allowUnsafeUpgrade',
      ]),
    )
    .option('--force', 'send also what would fail')
    .option('--allow-unsafe-upgrade', 'send also what breaks what is behind a proxy')
    .action((name: string, options: RunOptions) =>
      cli.answer(async (client) => {
        const ran = await client.runCall({ ...options, name });
        if (ran.sent?.status === 'reverted' || ran.simulation?.succeeds === false) cli.fail();
        return ran;
      }, ranText),
    );

  onNetwork(call.command('remove').description('forget one').argument('<name>')).action(
    (name: string, { network }: OnNetwork) =>
      cli.answer(
        (client) => client.removeCall({ name, network }),
        (removed) => `${removed.name} on ${removed.network} is forgotten.`,
      ),
  );
}
