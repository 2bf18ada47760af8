import type { ContractRouterClient } from '@orpc/contract';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { collect, refuse, whole } from '../../../lib/cli/arguments.ts';
import type { Cli } from '../../../lib/cli/cli.ts';
import { jsonIn } from '../../../lib/cli/json-in.ts';
import { abiConstant } from '../../../shared/abi-constant.ts';
import { AppError } from '../../../shared/errors.ts';
import { eventsCsv } from '../../../shared/events-csv.ts';
import type { contracts } from '../contract.ts';
import { CONTRACT, type OnNetwork, onNetwork } from './options.ts';
import { detailText, eventNewsText, eventsText, storageText, variableText } from './text.ts';

type Client = ContractRouterClient<typeof contracts>;

interface AddOptions extends OnNetwork {
  name?: string;
  abi?: string;
  artifact?: string;
  fromSourcify?: boolean;
  fromEtherscan?: boolean;
}

interface StorageOptions extends OnNetwork {
  slot?: string[];
  from?: number;
  limit?: number;
  block?: number;
}

interface EventOptions extends OnNetwork {
  where?: string[];
  fromBlock?: number;
  toBlock?: number;
  before?: number;
  limit?: number;
  csv?: boolean;
  follow?: boolean;
}

/** What is known of contracts, and what they have written. */
export function inspectCommands(contract: Command, cli: Cli<Client>): void {
  onNetwork(
    contract
      .command('show')
      .description('proxy, deployment, functions, events and errors of a contract')
      .argument('<contract>', CONTRACT),
  ).action((name: string, { network }: OnNetwork) =>
    cli.answer((client) => client.show({ contract: name, network }), detailText),
  );

  onNetwork(
    contract
      .command('add')
      .description('name a contract that no project here has deployed')
      .argument('<address>'),
  )
    .option('--name <name>', 'what it is called from now on; default: as it was compiled')
    .option('--abi <file>', 'JSON with its ABI; "-" reads it from standard input')
    .option('--artifact <contract>', 'a compiled contract that it is one of: vault.Token')
    .addOption(
      new Option(
        '--from-sourcify',
        'ask Sourcify for its ABI, and for that of what is behind a proxy',
      ).conflicts('fromEtherscan'),
    )
    .option('--from-etherscan', 'ask Etherscan for it; see "settings etherscan-key"')
    .action((address: string, options: AddOptions) => {
      const { name, abi, artifact, network, fromSourcify, fromEtherscan } = options;
      const from = fromSourcify ? 'sourcify' : fromEtherscan ? 'etherscan' : undefined;
      return cli.answer(
        async (client) =>
          client.add({
            ...{ address, network, artifact, name, from },
            ...(abi === undefined ? {} : { abi: await abiIn(abi) }),
          }),
        ({ logic, ...one }) =>
          [one, ...logic]
            .map((added) => `${added.address} on ${added.network} is called ${added.name} now.`)
            .join('\n'),
      );
    });

  onNetwork(
    contract
      .command('abi')
      .description('ABI of a contract on a network, or of a compiled one, as JSON')
      .argument('<contract>', CONTRACT),
  )
    .option('--ts', 'as a constant of TypeScript, of which libraries infer types')
    .action((asked: string, { ts, network }: OnNetwork & { ts?: boolean }) => {
      let name = '';
      return cli.answer(
        async (client) => {
          const found = await client.abi({ contract: asked, network });
          ({ name } = found);
          return found.abi;
        },
        (abi) => (ts ? abiConstant(name, abi) : JSON.stringify(abi, null, 2)),
      );
    });

  onNetwork(
    contract
      .command('storage')
      .description('what a contract has stored, by the names of its variables')
      .argument('<contract>', CONTRACT)
      .argument('[variable]', 'only this one: owner, "boxes[2].label", "balances[0x…]"'),
  )
    .option('--slot <slot>', 'this one as it is, a number or hex', collect)
    .option('--from <n>', 'of the variable, the element or known key to begin with', whole)
    .option('--limit <n>', 'of the variable, so many of them, up to 1,000', whole)
    .option('--block <number>', 'as it was then', whole)
    .action((name: string, variable: string | undefined, { slot, ...given }: StorageOptions) => {
      if (variable !== undefined) refuse({ '--slot': slot }, 'with a variable');
      else refuse({ '--from': given.from, '--limit': given.limit }, 'without a variable');
      return cli.answer(
        (client) => client.storage({ ...given, contract: name, variable, slots: slot }),
        variable === undefined ? storageText : variableText,
      );
    });

  onNetwork(
    contract
      .command('code')
      .description('the code that stands at its address, hex')
      .argument('<contract>', CONTRACT),
  )
    .option('--creation', 'what created it, without its arguments; of a proxy, its logic')
    .action((name: string, { creation, network }: OnNetwork & { creation?: boolean }) =>
      cli.answer(
        (client) => client.code({ contract: name, network }),
        (one) =>
          creation ? (one.creationCode ?? 'No project here has compiled it.') : one.runtimeCode,
      ),
    );

  onNetwork(
    contract
      .command('events')
      .description('what a contract has written, newest first')
      .argument('<contract>', CONTRACT)
      .argument('[event]', 'its name or signature; default: all'),
  )
    .option('--where <name=value>', 'only with this value of an indexed argument', collect)
    .option('--from-block <number>', 'not before; default: since its deployment', whole)
    .option('--to-block <number>', 'not after', whole)
    .option('--before <number>', 'go on with this block', whole)
    .option('--limit <n>', 'about so many, up to 1,000', whole)
    .option('--csv', 'as CSV')
    .addOption(
      new Option('--follow', 'new ones as they come, until Ctrl-C').conflicts([
        ...['fromBlock', 'toBlock', 'before', 'limit', 'csv'],
      ]),
    )
    .action((name: string, event: string | undefined, given: EventOptions) => {
      const { csv, follow, where, ...options } = given;
      const asked = { contract: name, event, where: conditions(where) };
      if (!follow) {
        return cli.answer(
          (client) => client.events({ ...options, ...asked }),
          csv ? ({ events }) => eventsCsv(events).trimEnd() : eventsText,
        );
      }
      return cli.stream(
        (client) => client.followEvents({ ...asked, network: options.network }),
        eventNewsText,
      );
    });
}

function conditions(texts: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw new InvalidArgumentError('Give --where as name=value.');
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

type Abi = { type: string }[];

/** An ABI alone, or what a compiler writes around it. Rejects with BAD_INPUT. */
async function abiIn(file: string): Promise<Abi> {
  const hint = 'Give JSON as a compiler writes it.';
  const value = (await jsonIn(file, { field: 'abi', hint })) as Abi | { abi?: Abi } | null;
  const abi = Array.isArray(value) ? value : value?.abi;
  if (Array.isArray(abi)) return abi;
  const where = file === '-' ? 'Standard input' : file;
  throw new AppError('BAD_INPUT', `${where} holds no ABI. ${hint}`, { field: 'abi' });
}
