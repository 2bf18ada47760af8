import type { ContractRouterClient } from '@orpc/contract';
import type { Command } from 'commander';
import { whole } from '../../lib/cli/arguments.ts';
import type { Cli } from '../../lib/cli/cli.ts';
import { AppError } from '../../shared/errors.ts';
import { isHashShaped } from '../../shared/hex.ts';
import type { explorer } from './contract.ts';
import { functionsText, lineGasText, stepsText } from './source-text.ts';
import {
  addressText,
  addressTransactionsText,
  beforeText,
  blocksText,
  blockText,
  transactionsText,
  transactionText,
} from './text.ts';

type Client = ContractRouterClient<typeof explorer>;

interface OnNetwork {
  network: string;
}

interface PageOptions extends OnNetwork {
  before?: number;
  limit?: number;
}

interface PlacedOptions extends OnNetwork {
  before?: string;
  limit?: number;
}

interface ShowOptions extends OnNetwork {
  trace?: boolean;
  source?: boolean;
  state?: boolean;
  call?: number;
}

interface StepsOptions extends OnNetwork {
  at?: number;
  call?: number;
  limit?: number;
}

interface BlockOptions extends OnNetwork {
  first?: number;
  limit?: number;
}

const DEFAULT_NETWORK = 'local';

const onNetwork = (command: Command): Command =>
  command.option('--network <network>', 'whose', DEFAULT_NETWORK);

const limited = (command: Command): Command =>
  onNetwork(command).option('--limit <n>', 'about so many, up to 200', whole);

/** Goes on within a block. */
const placed = (command: Command): Command =>
  limited(command).option('--before <block>', 'go on with this block, or before <block>:<place>');

const paged = (command: Command): Command =>
  limited(command).option('--before <block>', 'go on with this block', whole);

/** The hash of the one transaction whose hash begins with a text; whole ones as they are. */
async function wholeHash(client: Client, network: string, text: string): Promise<string> {
  if (isHashShaped(text)) return text;
  if (!/^0x[\da-f]{4,63}$/i.test(text)) {
    throw new AppError(
      'BAD_INPUT',
      `${text} is no hash of a transaction: give 0x and 64 hex digits, or 0x and at least the first four of them. List them: "drydock tx list --network ${network}".`,
      { field: 'hash' },
    );
  }
  const found = await client.find({ network, text });
  const hashes = found.flatMap(({ kind, value }) => (kind === 'transaction' ? value : []));
  const [only] = hashes;
  if (only !== undefined && hashes.length === 1) return only;
  throw new AppError(
    hashes.length === 0 ? 'TRANSACTION_NOT_FOUND' : 'BAD_INPUT',
    hashes.length === 0
      ? `No transaction of ${network} begins with ${text}. List them: "drydock tx list --network ${network}".`
      : `Several transactions of ${network} begin with ${text}: ${hashes.join(', ')}. Give more of it.`,
    { field: 'hash' },
  );
}

const ADDRESS = 'also a label, vault.Token, or the index of an account';
const HASH = 'or its first digits: 0x12ab';

/** Some steps, and what runs at the one that is meant; null: there is none. */
async function stepsWithValues(client: Client, asked: StepsOptions & { hash: string }) {
  const steps = await client.steps(asked);
  const { network, hash } = asked;
  const detail = steps.count === 0 ? null : await client.step({ network, hash, step: steps.at });
  return { ...steps, stack: detail?.stack ?? [] };
}

export function explorerCommands(program: Command, cli: Cli<Client>): void {
  const tx = program.command('tx').description('transactions of a network');
  onNetwork(tx.command('show').description('one transaction, decoded').argument('<hash>', HASH))
    .option('--trace', 'with the tree of its calls')
    .option('--source', 'with the line of source that it failed at')
    .option('--state', 'with what it changed, by the names of variables')
    .option('--call <n>', 'of its trace, counted from 0: with the line that made it', whole)
    .action((hash: string, { call, ...options }: ShowOptions) =>
      cli.answer(
        async (client) =>
          client.transaction({
            ...options,
            hash: await wholeHash(client, options.network, hash),
            call,
            source: options.source ?? call !== undefined,
          }),
        transactionText,
      ),
    );
  onNetwork(
    tx
      .command('steps')
      .description('lines of source that ran in a transaction, around where it failed')
      .argument('<hash>', HASH),
  )
    .option('--at <step>', 'around this one', whole)
    .option('--call <n>', 'around the first one of a call of its trace, counted from 0', whole)
    .option('--limit <n>', 'so many, up to 500', whole)
    .action((hash: string, options: StepsOptions) =>
      cli.answer(
        async (client) =>
          stepsWithValues(client, {
            ...options,
            hash: await wholeHash(client, options.network, hash),
          }),
        stepsText,
      ),
    );
  onNetwork(
    tx
      .command('gas')
      .description('the lines of source that took most gas in a transaction')
      .argument('<hash>', HASH),
  )
    .option('--limit <n>', 'so many, up to 500', whole)
    .action((hash: string, options: OnNetwork & { limit?: number }) =>
      cli.answer(
        async (client) =>
          client.lineGas({ ...options, hash: await wholeHash(client, options.network, hash) }),
        lineGasText,
      ),
    );
  onNetwork(
    tx
      .command('functions')
      .description('the functions that ran in a transaction, internal ones as well, as a tree')
      .argument('<hash>', HASH),
  )
    .option('--limit <n>', 'so many, up to 5000', whole)
    .action((hash: string, options: OnNetwork & { limit?: number }) =>
      cli.answer(
        async (client) =>
          client.functions({ ...options, hash: await wholeHash(client, options.network, hash) }),
        functionsText,
      ),
    );
  onNetwork(
    tx
      .command('before')
      .description('the last snapshot of what a chain was before a transaction')
      .argument('<hash>', HASH),
  ).action((hash: string, { network }: OnNetwork) =>
    cli.answer(
      async (client) => client.before({ network, hash: await wholeHash(client, network, hash) }),
      (before) => beforeText(network, before),
    ),
  );
  placed(tx.command('list').description('transactions, newest first')).action(
    (options: PlacedOptions) =>
      cli.answer((client) => client.transactions(options), transactionsText),
  );

  const block = program.command('block').description('blocks of a network');
  onNetwork(
    block
      .command('show')
      .description('one block with its transactions')
      .argument('<block>', 'a number, latest, or a hash'),
  )
    .option('--first <n>', 'of its transactions, counted from 0: where to begin', whole)
    .option('--limit <n>', 'so many of them, up to 200', whole)
    .action((asked: string, options: BlockOptions) =>
      cli.answer((client) => client.block({ ...options, block: asked }), blockText),
    );
  paged(block.command('list').description('blocks, newest first')).action((options: PageOptions) =>
    cli.answer((client) => client.blocks(options), blocksText),
  );

  const address = program.command('address').description('addresses, and what they are called');
  onNetwork(
    address.command('show').description('what stands at an address').argument('<address>', ADDRESS),
  ).action((asked: string, { network }: OnNetwork) =>
    cli.answer((client) => client.address({ network, address: asked }), addressText),
  );
  placed(
    address
      .command('transactions')
      .description('what has to do with an address, newest first')
      .argument('<address>', ADDRESS),
  ).action((asked: string, options: PlacedOptions) =>
    cli.answer(
      (client) => client.addressTransactions({ ...options, address: asked }),
      addressTransactionsText,
    ),
  );
}
