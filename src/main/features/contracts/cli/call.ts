import type { ContractRouterClient } from '@orpc/contract';
import { type Command, Option } from 'commander';
import { collect, whole } from '../../../lib/cli/arguments.ts';
import type { Cli } from '../../../lib/cli/cli.ts';
import type { contracts, SnippetInput } from '../contract.ts';
import { CONTRACT, type OnNetwork, onNetwork } from './options.ts';
import { sentText, simulationText, valuesText, valueText } from './text.ts';

type Client = ContractRouterClient<typeof contracts>;

interface CallOptions extends OnNetwork {
  arg?: string[];
  from?: string;
}

interface ReadOptions extends CallOptions {
  block?: number;
  as?: SnippetInput['as'];
}

interface TransactionOptions extends CallOptions {
  value?: string;
}

interface SendOptions extends TransactionOptions {
  force?: boolean;
  as?: SnippetInput['as'];
}

const FUNCTION = 'its name, or its signature: "transfer(address,uint256)"';

const calling = (command: Command): Command =>
  onNetwork(command)
    .option(
      '--arg <value>',
      'one for each argument: 12, 1.5ether, [1,2], (a,true); an address also as label, name or account index',
      collect,
    )
    .option(
      '--from <account>',
      'index of an account of the chain, address, label, or name of a contract',
    );

const sending = (command: Command): Command =>
  calling(command.argument('<contract>', CONTRACT).argument('<function>', FUNCTION)).option(
    '--value <amount>',
    'wei, or with its unit: 1.5ether',
  );

const asSnippet = () =>
  new Option('--as <form>', 'print the call to be run elsewhere, and do nothing').choices([
    'cast',
    'viem',
  ] satisfies SnippetInput['as'][]);

/** Calls that read, are tried, and are sent. */
export function callCommands(contract: Command, cli: Cli<Client>): void {
  const printed = (call: SnippetInput) =>
    cli.answer(
      (client) => client.snippet(call),
      ({ text }) => text.trimEnd(),
    );

  calling(
    contract
      .command('read')
      .description('call a function without sending; without a function, all that take nothing')
      .argument('<contract>', CONTRACT)
      .argument('[function]', FUNCTION),
  )
    .option('--block <number>', 'as it was then', whole)
    .addOption(asSnippet())
    .action((name: string, asked: string | undefined, { arg, as, ...options }: ReadOptions) => {
      const { network } = options;
      if (asked === undefined) {
        return cli.answer((client) => client.readAll({ contract: name, network }), valuesText);
      }
      const call = { ...options, contract: name, function: asked, arguments: arg ?? [] };
      if (as) return printed({ ...call, network: network ?? 'local', as, sends: false });
      return cli.answer((client) => client.read(call), valueText);
    });

  sending(
    contract.command('simulate').description('what a call would do: result, gas, events, error'),
  ).action((name: string, asked: string, { arg, ...options }: TransactionOptions) =>
    cli.answer(async (client) => {
      const call = { ...options, contract: name, function: asked, arguments: arg };
      const result = await client.simulate(call);
      if (!result.succeeds) cli.fail();
      return result;
    }, simulationText),
  );

  sending(
    contract
      .command('send')
      .description('call a function in a transaction, on a local chain or a fork'),
  )
    .option('--force', 'also when it would fail')
    .addOption(asSnippet())
    .action((name: string, asked: string, { arg, as, force, ...options }: SendOptions) => {
      const call = { ...options, contract: name, function: asked, arguments: arg ?? [] };
      if (as) return printed({ ...call, network: options.network ?? 'local', as, sends: true });
      return cli.answer(async (client) => {
        const result = await client.send({ ...call, force });
        if (result.status === 'reverted') cli.fail();
        return result;
      }, sentText);
    });
}
