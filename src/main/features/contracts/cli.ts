import type { ContractRouterClient } from '@orpc/contract';
import type { Command } from 'commander';
import { collect, whole } from '../../lib/cli/arguments.ts';
import { type Cli, table, time } from '../../lib/cli/cli.ts';
import { ownLabel } from '../../shared/contract-label.ts';
import { sentText, simulationText, valuesText, valueText } from './cli/text.ts';
import type { contracts, LiveContracts } from './contract.ts';

type Client = ContractRouterClient<typeof contracts>;

function liveTable({ contracts: found, total }: LiveContracts): string {
  if (found.length === 0) return 'No contract of a deployment is on a network now.';
  const areLabelled = found.some((c) => ownLabel(c) !== null);
  const shown = table(
    [
      'CONTRACT',
      ...(areLabelled ? ['LABEL'] : []),
      'ADDRESS',
      'NETWORK',
      'BLOCK',
      'DEPLOYMENT',
      'AT',
    ],
    found.map(({ deployment, ...c }) => [
      c.name,
      ...(areLabelled ? [ownLabel(c)] : []),
      c.address,
      deployment.target,
      c.blockNumber,
      `${deployment.project.name} #${deployment.number}`,
      time(deployment.createdAt),
    ]),
  );
  if (found.length === total) return shown;
  return `${shown}\nThe newest ${found.length} of ${total}; --limit shows more.`;
}

interface OnNetwork {
  network?: string;
}

interface CallOptions extends OnNetwork {
  arg?: string[];
  from?: string;
}

interface TransactionOptions extends CallOptions {
  value?: string;
}

interface SendOptions extends TransactionOptions {
  force?: boolean;
}

const onNetwork = (command: Command): Command =>
  command.option('--network <network>', 'where it stands (default: local)');

const calling = (command: Command): Command =>
  onNetwork(command)
    .option(
      '--arg <value>',
      'one for each argument: 12, 1.5ether, [1,2], (a,true); an address also as name or account index',
      collect,
    )
    .option('--from <account>', 'index of an account of the chain, address, or name of a contract');

const CONTRACT = 'address, name or label; with its project: vault.Token';
const FUNCTION = 'its name, or its signature: "transfer(address,uint256)"';

export function contractCommands(program: Command, cli: Cli<Client>): void {
  const contract = program.command('contract').description('contracts on networks');
  contract
    .command('list')
    .description('those that are on their network now')
    .option('--project <project>', 'only of this one')
    .option('--network <network>', 'only on this one')
    .option('--limit <n>', 'at most so many, up to 10,000', whole)
    .action(({ network, ...options }: { project?: string; network?: string; limit?: number }) =>
      cli.answer((client) => client.live({ ...options, target: network }), liveTable),
    );

  calling(
    contract
      .command('read')
      .description(
        'call a function without sending anything; without a function all that take nothing',
      )
      .argument('<contract>', CONTRACT)
      .argument('[function]', FUNCTION),
  )
    .option('--block <number>', 'as it was then', whole)
    .action(
      (
        name: string,
        asked: string | undefined,
        { arg, ...options }: CallOptions & { block?: number },
      ) => {
        const { network } = options;
        if (asked === undefined) {
          return cli.answer((client) => client.readAll({ contract: name, network }), valuesText);
        }
        const call = { ...options, contract: name, function: asked, arguments: arg };
        return cli.answer((client) => client.read(call), valueText);
      },
    );

  const inTransaction = (command: Command): Command =>
    calling(command.argument('<contract>', CONTRACT).argument('<function>', FUNCTION)).option(
      '--value <amount>',
      'wei, or with its unit: 1.5ether',
    );
  inTransaction(
    contract.command('simulate').description('what a call would do: result, gas, events, error'),
  ).action((name: string, asked: string, { arg, ...options }: TransactionOptions) =>
    cli.answer(async (client) => {
      const input = { ...options, contract: name, function: asked, arguments: arg };
      const result = await client.simulate(input);
      if (!result.succeeds) cli.fail();
      return result;
    }, simulationText),
  );
  inTransaction(
    contract
      .command('send')
      .description('call a function in a transaction, on a local chain or a fork'),
  )
    .option('--force', 'also when it would fail')
    .action((name: string, asked: string, { arg, ...options }: SendOptions) =>
      cli.answer(async (client) => {
        const input = { ...options, contract: name, function: asked, arguments: arg };
        const result = await client.send(input);
        if (result.status === 'reverted') cli.fail();
        return result;
      }, sentText),
    );
}
