import type { ContractRouterClient } from '@orpc/contract';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { collectValues, needed, refuse, whole } from '../../../lib/cli/arguments.ts';
import type { Cli } from '../../../lib/cli/cli.ts';
import { jsonIn } from '../../../lib/cli/json-in.ts';
import { AppError } from '../../../shared/errors.ts';
import type { ReadManyInput, ReadValues, SnippetInput } from '../contract/calls.ts';
import type { contracts } from '../contract.ts';
import { CONTRACT, type OnNetwork, onNetwork } from './options.ts';
import { manyText, sendersText, sentText, simulationText, valuesText, valueText } from './text.ts';

type Client = ContractRouterClient<typeof contracts>;

interface CallOptions extends OnNetwork {
  arg?: string[];
  from?: string;
}

interface ReadOptions extends CallOptions {
  block?: number;
  as?: SnippetInput['as'];
  calls?: string;
}

interface TransactionOptions extends CallOptions {
  value?: string;
}

interface SendOptions extends TransactionOptions {
  force?: boolean;
  allowUnsafeUpgrade?: boolean;
  as?: SnippetInput['as'];
}

export const FUNCTION = 'its name, or its signature: "transfer(address,uint256)"';

/** With what every call takes. */
export const calling = (command: Command): Command =>
  onNetwork(command)
    .option(
      '--arg <value>',
      'one for each argument: 12, 1.5ether, [1,2], (a,true); an address also as label, name or account index; @file: its bytes',
      collectValues,
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

const CALLS =
  'make the calls of a JSON list at one block: [{"contract":"vault.Token","function":"balanceOf","arguments":["0"]}]; "-": standard input';

async function callsIn(file: string): Promise<ReadManyInput['calls']> {
  const what = { field: 'calls', hint: 'Give a JSON list of {contract, function, arguments}.' };
  const value = await jsonIn(file, what);
  if (Array.isArray(value)) return value;
  throw new AppError('BAD_INPUT', `${file} holds no list. ${what.hint}`, { field: 'calls' });
}

function failing(cli: Cli<Client>, read: ReadValues): ReadValues {
  if (read.results.some(({ error }) => error !== null)) cli.fail();
  return read;
}

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
      .description('call functions without sending; without a function, all that take nothing')
      .argument('[contract]', CONTRACT)
      .argument('[function...]', `${FUNCTION}; of several each takes nothing`),
  )
    .option('--block <number>', 'as it was then', whole)
    .option('--calls <file>', CALLS)
    .addOption(asSnippet())
    .action((named: string | undefined, functions: string[], options: ReadOptions) => {
      const { arg, as, calls: file, ...others } = options;
      const { network, block } = options;
      if (file !== undefined) {
        refuse(
          { [`"${named}"`]: named, '--arg': arg, '--from': options.from, '--as': as },
          'with --calls, which says it for each call',
        );
        return cli.answer(async (client) => {
          const calls = await callsIn(file);
          return failing(cli, await client.readMany({ network, block, calls }));
        }, manyText);
      }
      const name = needed(named, 'a contract, or --calls');
      const [asked, ...more] = functions;
      if (asked === undefined) {
        const { from } = options;
        refuse(
          { '--arg': arg, '--from': from, '--block': block, '--as': as },
          'without a function',
        );
        return cli.answer((client) => client.readAll({ contract: name, network }), valuesText);
      }
      if (more.length > 0) {
        if (arg || as) throw new InvalidArgumentError('Give --arg and --as with one function.');
        const calls = functions.map((one) => ({
          ...{ contract: name, function: one, from: options.from },
        }));
        return cli.answer(
          async (client) => failing(cli, await client.readMany({ network, block, calls })),
          manyText,
        );
      }
      const call = { ...others, contract: name, function: asked, arguments: arg ?? [] };
      if (as) {
        refuse({ '--block': block }, 'with --as');
        return printed({ ...call, network: network ?? 'local', as, sends: false });
      }
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
      .command('senders')
      .description('who could send a call: from whom it would succeed, and why not from others'),
  ).action((name: string, asked: string, { arg, ...options }: TransactionOptions) =>
    cli.answer(
      (client) => client.senders({ ...options, contract: name, function: asked, arguments: arg }),
      sendersText,
    ),
  );

  sending(
    contract
      .command('send')
      .description('call a function in a transaction, on a local chain or a fork'),
  )
    .option('--force', 'also when it would fail')
    .option('--allow-unsafe-upgrade', 'also when it upgrades a proxy and breaks what is there')
    .addOption(asSnippet().conflicts(['force', 'allowUnsafeUpgrade']))
    .action(
      (
        name: string,
        asked: string,
        { arg, as, force, allowUnsafeUpgrade, ...options }: SendOptions,
      ) => {
        const call = { ...options, contract: name, function: asked, arguments: arg ?? [] };
        if (as) return printed({ ...call, network: options.network ?? 'local', as, sends: true });
        return cli.answer(async (client) => {
          const result = await client.send({ ...call, force, allowUnsafeUpgrade });
          if (result.status === 'reverted') cli.fail();
          return result;
        }, sentText);
      },
    );
}
