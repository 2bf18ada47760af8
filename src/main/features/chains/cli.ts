import type { ContractRouterClient } from '@orpc/contract';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { formatEther, formatGwei } from 'viem';
import { needed, once, orFromInput, seconds, whole } from '../../lib/cli/arguments.ts';
import { type Cli, facts, plural, table, time } from '../../lib/cli/cli.ts';
import { miningWords } from '../../shared/mining-words.ts';
import { snapshotCommands } from './cli/snapshots.ts';
import { statusWord } from './contract/words.ts';
import {
  type Chain,
  type chains,
  type ForkPoint,
  forkPoint,
  hardforks,
  type Upstream,
} from './contract.ts';

type Client = ContractRouterClient<typeof chains>;

interface StartOptions {
  port?: number;
  forkBlock?: ForkPoint;
  fresh?: boolean;
  engine?: 'process' | 'docker' | 'auto';
  codeSizeLimit?: number | null;
  gateway?: 'on' | 'off';
  hardfork?: (typeof hardforks)[number] | null;
  chainId?: number | null;
  accounts?: number | null;
  balance?: number | null;
  mnemonic?: string | null;
}

function clock(drift: number | null): string | null {
  if (drift === null) return null;
  if (drift === 0) return "as this machine's";
  return `${Math.abs(drift)} s ${drift > 0 ? 'ahead of' : 'behind'} this machine's`;
}

function sinceText(since: Chain['sinceSnapshot']): string | null {
  if (since === null) return null;
  const { name, blocks, changed } = since;
  if (blocks !== null && blocks > 0) return `${plural(blocks, 'block')} after "${name}"`;
  if (blocks !== null && blocks < 0) return `${plural(-blocks, 'block')} before "${name}"`;
  return changed ? `changed since "${name}"` : `"${name}"`;
}

const behindText = (upstream: Upstream | null | undefined): string =>
  upstream?.behind ? ` (${plural(upstream.behind, 'block')} behind)` : '';

const show = (c: Chain & { upstream?: Upstream | null }) =>
  facts([
    ['name', c.name],
    ['status', statusWord[c.status]],
    ['rpc', c.rpcUrl],
    ['chain id', c.chainId],
    ['block', c.blockNumber],
    ['snapshot', sinceText(c.sinceSnapshot)],
    ['engine', c.ownEngine ? `${c.engine} (chosen for it)` : c.engine],
    ['pid', c.pid],
    ['container', c.container?.slice(0, 12)],
    ['forked from', c.forkUrl],
    ['fork block', c.forkBlock === null ? null : `${c.forkBlock}${behindText(c.upstream)}`],
    ['hardfork', c.creation.hardfork],
    ['mnemonic', c.creation.ownMnemonic ? 'its own' : null],
    ['gateway', gatewayWords(c)],
    ['code size', c.codeSizeLimit && `up to ${c.codeSizeLimit} bytes`],
    ['mines', miningWords(c.mining)],
    ['pending', c.pending],
    ['next block', c.next && nextText(c.next)],
    ['differs', c.differs.join(', ') || null],
    ['clock', clock(c.clockDrift)],
    ['saved', time(c.savedAt)],
    ['problem', c.problem],
    ['note', c.note],
  ]);

function gatewayWords({ gateway, behindGateway, status }: Chain): string | null {
  if (gateway === 'off') return 'off (chosen for it)';
  return status === 'stopped' || behindGateway ? null : 'it runs without';
}

const nextText = ({ baseFee, gasLimit, hardfork }: NonNullable<Chain['next']>): string =>
  `base fee ${formatGwei(BigInt(baseFee))} gwei, gas limit ${gasLimit}, ${hardfork}`;

/** Other users see arguments: the words come from standard input alone. */
async function mnemonicOf(given: string | null | undefined): Promise<string | null | undefined> {
  if (given == null || given === 'default') return given === undefined ? undefined : null;
  if (given === '-') return orFromInput(given);
  throw new InvalidArgumentError(
    'Other users can see arguments: give --mnemonic - and the words on standard input.',
  );
}

const orDefault = (text: string): number | null => (text === 'default' ? null : whole(text));

function hardforkOf(text: string): (typeof hardforks)[number] | null {
  if (text === 'default') return null;
  const found = hardforks.find((one) => one === text.toLowerCase());
  if (found) return found;
  throw new InvalidArgumentError(`Give one of ${hardforks.join(', ')}, or default.`);
}

function forkPointOf(text: string): ForkPoint {
  const { data, error } = forkPoint.safeParse(/^-?\d+$/.test(text) ? Number(text) : text);
  if (data !== undefined) return data;
  throw new InvalidArgumentError(
    error.issues.some(({ message }) => message === 'there is no such date')
      ? 'There is no such date.'
      : 'Give a block: its number, latest, -100 for so many behind the newest, or a date such as 2026-01-31.',
  );
}

/** Says on the way what is being made before the chain can start. */
async function telling<T>(
  client: Client,
  cli: Cli<Client>,
  chain: string,
  work: () => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const listening = (async () => {
    let last: string | null = null;
    for await (const { preparing } of await client.watch({ chain }, { signal: over.signal })) {
      if (preparing && preparing !== last) cli.say(preparing);
      last = preparing;
    }
  })().catch(() => undefined);
  try {
    return await work();
  } finally {
    over.abort();
    await listening;
  }
}

export function chainCommands(program: Command, cli: Cli<Client>): void {
  const chain = program
    .command('chain')
    .description('chains: anvil instances of local and fork networks');
  const on = (name: string, description: string) =>
    chain.command(name).description(description).argument('[chain]', 'default: local', 'local');

  for (const verb of ['start', 'restart'] as const) {
    on(verb, verb === 'start' ? 'start a chain' : 'stop it and start it again')
      .option('--port <port>', 'default: the one it had', whole)
      .option(
        '--fork-block <block>',
        'start afresh from there: a number, latest, -100 (behind the newest) or 2026-01-31',
        forkPointOf,
      )
      .option('--fresh', 'without the saved state; snapshots stay')
      .addOption(
        new Option('--engine <engine>', 'stays chosen for it; auto: as the settings say').choices([
          'docker',
          'process',
          'auto',
        ]),
      )
      .addOption(
        new Option(
          '--gateway <gateway>',
          'stays chosen for it; off: anvil itself has the port',
        ).choices(['on', 'off']),
      )
      .option(
        '--code-size-limit <bytes>',
        'of a contract; stays chosen for it; default: as on Ethereum',
        (text) => (text === 'default' ? null : whole(text)),
      )
      .option('--hardfork <name>', 'of a chain that is created; default: the latest', hardforkOf)
      .option('--chain-id <id>', 'of a chain that is created; default: as its network', orDefault)
      .option('--accounts <n>', 'of a chain that is created; default: 10', orDefault)
      .option('--balance <ether>', 'of each of its accounts; default: 10000', orDefault)
      .option(
        '--mnemonic <->',
        'of its accounts, read from standard input; default: the public one',
      )
      .action((name: string, options: StartOptions) =>
        cli.answer(async (client) => {
          const mnemonic = await mnemonicOf(options.mnemonic);
          return telling(client, cli, name, () =>
            client[verb]({ chain: name, ...options, mnemonic }),
          );
        }, show),
      );
  }

  on('save', 'save a whole copy of its state now; it goes on').action((name: string) =>
    cli.answer(
      (client) => client.save({ chain: name }),
      ({ bytes }) => `Saved ${name}: ${plural(bytes, 'byte')}.`,
    ),
  );

  on('stop', 'save its state and stop it').action((name: string) =>
    cli.answer(
      (client) => client.stop({ chain: name }),
      (c) => `Stopped ${c.name} at block ${c.blockNumber}.`,
    ),
  );

  chain
    .command('list')
    .description('all chains')
    .action(() =>
      cli.answer(
        (client) => client.list(),
        (all) =>
          table(
            ['NAME', 'KIND', 'STATUS', 'CHAIN ID', 'BLOCK', 'RPC', 'DIFFERS'],
            all.map((c) => [
              c.name,
              c.kind,
              statusWord[c.status],
              c.chainId,
              c.blockNumber,
              c.rpcUrl,
              c.differs.join(', ') || null,
            ]),
          ),
      ),
    );

  on('show', 'one chain, asked just now').action((name: string) =>
    cli.answer(async (client) => {
      const found = await client.get({ chain: name });
      if (found.kind !== 'fork') return found;
      // A fork is shown without its upstream, too.
      return { ...found, upstream: await client.upstream({ chain: name }).catch(() => null) };
    }, show),
  );

  on('accounts', 'development accounts and balances').action((name: string) =>
    cli.answer(
      (client) => client.accounts({ chain: name }),
      (all) =>
        table(
          ['INDEX', 'ADDRESS', 'ETH'],
          all.map((a) => [a.index, a.address, formatEther(BigInt(a.balance))]),
        ),
    ),
  );

  on('mnemonic', 'reveal the mnemonic of its development accounts').action((name: string) =>
    cli.answer(
      (client) => client.mnemonic({ chain: name }),
      ({ mnemonic }) => mnemonic,
    ),
  );

  snapshotCommands(on, cli);

  on('mine', 'mine blocks')
    .argument('[blocks]', 'how many; default: 1', whole)
    .option('--blocks <n>', 'how many', whole)
    .action((name: string, given: number | undefined, options: { blocks?: number }) => {
      const blocks = once(given, options.blocks, '--blocks');
      return cli.answer(
        (client) => client.mine({ chain: name, blocks }),
        (c) => `${c.name} is at block ${c.blockNumber}.`,
      );
    });

  on('warp', 'move its clock forward')
    .argument('[time]', 'seconds, or 15m, 2h, 1d', seconds)
    .option('--seconds <time>', 'seconds, or 15m, 2h, 1d', seconds)
    .action((name: string, given: number | undefined, options: { seconds?: number }) => {
      const span = needed(
        once(given, options.seconds, '--seconds'),
        `a time: drydock chain warp ${name} 1h`,
      );
      return cli.answer(
        (client) => client.warp({ chain: name, seconds: span }),
        (c) => `The clock of ${c.name} is ${clock(c.clockDrift)}.`,
      );
    });

  on('fund', 'add ether to an account')
    .argument('[address]')
    .argument('[ether]')
    .option('--address <address>')
    .option('--ether <amount>')
    .action(
      (
        name: string,
        address: string | undefined,
        ether: string | undefined,
        options: { address?: string; ether?: string },
      ) => {
        const example = `drydock chain fund ${name} 0xf39F… 1.5`;
        const input = {
          chain: name,
          address: needed(
            once(address, options.address, '--address'),
            `an address and an amount: ${example}`,
          ),
          ether: needed(
            once(ether, options.ether, '--ether'),
            `an amount of ether too: ${example}`,
          ),
        };
        return cli.answer(
          (client) => client.fund(input),
          (a) => `${a.address} has ${formatEther(BigInt(a.balance))} ETH.`,
        );
      },
    );
}
