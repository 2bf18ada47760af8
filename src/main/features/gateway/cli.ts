import type { ContractRouterClient } from '@orpc/contract';
import { type Command, InvalidArgumentError } from 'commander';
import { refuse, whole } from '../../lib/cli/arguments.ts';
import { type Cli, facts, table, time } from '../../lib/cli/cli.ts';
import { colors } from '../../lib/cli/colors.ts';
import { argumentText } from '../../shared/decoded-text.ts';
import type {
  GatewayState,
  gateway,
  Journal,
  JournalCall,
  OriginDecision,
  WalletSetup,
} from './contract.ts';

type Client = ContractRouterClient<typeof gateway>;

interface JournalOptions {
  on?: boolean;
  off?: boolean;
  errors?: boolean;
  slow?: boolean;
  last?: number;
}

/** Calls per second are told for so long. */
const SHOWN_SECONDS = 10;

export function gatewayCommands(program: Command, cli: Cli<Client>): void {
  const command = program
    .command('gateway')
    .description('what stands between wallets, web pages and scripts, and the chains');

  command
    .command('status')
    .description('whether it runs, and the chains behind it')
    .action(() => cli.answer((client) => client.status(), statusText));

  command
    .command('journal')
    .description('calls of a chain, as far as they are noted')
    .argument('[chain]', 'default: local', 'local')
    .option('--on', 'note its calls from now on')
    .option('--off', 'note no more')
    .option('--errors', 'those that failed')
    .option('--slow', 'the slowest')
    .option('--last <n>', 'how many; default: 100', whole)
    .action((chain: string, { on, off, errors, slow, last }: JournalOptions) => {
      if ([on, off, errors, slow].filter(Boolean).length > 1) {
        throw new InvalidArgumentError('Give one of --on, --off, --errors and --slow.');
      }
      if (on || off) {
        refuse({ '--last': last }, on ? 'with --on' : 'with --off');
        return cli.answer(
          (client) => client.setJournal({ chain, on: on ?? false }),
          (set) =>
            set.on
              ? `Calls of ${set.chain} are noted from now on.`
              : `Calls of ${set.chain} are no longer noted.`,
        );
      }
      const wanted = errors ? 'errors' : slow ? 'slow' : 'calls';
      return cli.answer(
        (client) => client.journal({ chain, last }),
        (journal) => journalText(journal, wanted),
      );
    });

  command
    .command('origins')
    .description('web pages that were allowed or denied to call a chain')
    .argument('[chain]', 'default: local', 'local')
    .action((chain: string) => cli.answer((client) => client.origins({ chain }), originsText));

  for (const decision of ['allow', 'deny'] as const) {
    command
      .command(decision)
      .description(`${decision} a web page to call a chain`)
      .argument('<chain>')
      .argument('<origin>', 'such as https://app.example')
      .action((chain: string, origin: string) =>
        cli.answer((client) => client.decide({ chain, origin, decision }), decidedText),
      );
  }

  command
    .command('forget')
    .description('forget what was decided about a web page')
    .argument('<chain>')
    .argument('<origin>')
    .action((chain: string, origin: string) =>
      cli.answer(
        (client) => client.forget({ chain, origin }),
        (one) => `${one.origin} is denied on ${one.chain} until it is allowed again.`,
      ),
    );

  command
    .command('mend-nonce')
    .description('set the nonce of an account to what its wallet sends')
    .argument('<chain>')
    .argument('<account>', 'its address')
    .argument('<nonce>', 'that the wallet sends', whole)
    .action((chain: string, account: string, nonce: number) =>
      cli.answer(
        (client) => client.mendNonce({ chain, account, nonce }),
        (mended) =>
          `The nonce of ${mended.account} on ${mended.chain} is ${mended.to} now; it was ${mended.from}. Send the transaction from the wallet again.`,
      ),
    );

  command
    .command('wallet')
    .description('how a wallet is connected with a chain, and what it needs after a revert')
    .argument('[chain]', 'default: local', 'local')
    .action((chain: string) => cli.answer((client) => client.wallet({ chain }), walletText));
}

function statusText(state: GatewayState): string {
  const { wanted, running, problem, pid, startedAt, rssBytes, logFile, chains } = state;
  const about = facts([
    ['gateway', running ? 'runs' : 'does not run'],
    ['setting', wanted ? 'on' : 'off'],
    ['pid', pid],
    ['since', time(startedAt)],
    ['memory', rssBytes && `${(rssBytes / 2 ** 20).toFixed(0)} MiB`],
    ['log', running ? logFile : null],
    ['problem', problem],
  ]);
  if (chains.length === 0) return about;
  const rows = chains.map((c) => [
    ...[c.chain, c.port, c.listening ? 'yes' : (c.problem ?? 'no')],
    ...[c.requests, c.inFlight, c.websockets, c.refused, c.journal ? 'on' : 'off'],
  ]);
  const head = ['CHAIN', 'PORT', 'SERVED', 'CALLS', 'IN FLIGHT', 'WEBSOCKETS', 'REFUSED'];
  return `${about}\n\n${table([...head, 'JOURNAL'], rows)}`;
}

function journalText(journal: Journal, wanted: 'calls' | 'slow' | 'errors'): string {
  const { chain, on, perSecond, failing } = journal;
  const calls = journal[wanted];
  const off = on ? '' : `Calls of ${chain} are not noted: "drydock gateway journal ${chain} --on".`;
  const recent = perSecond.slice(-SHOWN_SECONDS);
  const rate = recent.map(({ at, calls: n }) => [time(at < 1e12 ? at * 1000 : at), n]);
  const parts = [
    off,
    wanted === 'calls' && rate.length > 0 ? table(['SECOND', 'CALLS'], rate) : '',
    calls.length > 0 ? table(['WHEN', 'MS', 'METHOD', 'FROM', 'WHAT'], calls.map(callRow)) : '',
    wanted === 'errors' && failing.length > 0
      ? table(
          ['PAGE', 'METHOD', 'FAILED', 'LAST ERROR'],
          failing.map((one) => [one.origin, one.method, one.count, one.error]),
        )
      : '',
  ].filter(Boolean);
  return parts.length > 0 ? parts.join('\n\n') : 'Nothing noted yet.';
}

const MOST_WORDS = 80;

function callRow({ at, ms, method, origin, called, params, error }: JournalCall) {
  const name = called && [called.contract, called.function.split('(')[0]].filter(Boolean).join('.');
  const values = called?.argumentsProblem ?? called?.arguments.map(argumentText).join(', ');
  const words = called ? `${name}(${values})` : params;
  const what = words.length > MOST_WORDS ? `${words.slice(0, MOST_WORDS)}…` : words;
  return [
    ...[time(at), ms.toFixed(1), method, origin ?? colors.dim('a program')],
    error === null ? what : `${what} ${colors.red(error)}`,
  ];
}

const decidedText = ({ chain, origin, decision }: OriginDecision): string =>
  decision === 'allow'
    ? `${origin} may call ${chain} now: what wallets use, and nothing that changes the chain itself.`
    : `${origin} is denied on ${chain}, and not asked about again.`;

const originsText = (all: readonly OriginDecision[]): string =>
  all.length === 0
    ? 'Nothing decided. Pages of this machine and extensions of browsers may call it, all others are denied.'
    : table(
        ['ORIGIN', 'DECISION', 'SINCE'],
        all.map((one) => [one.origin, one.decision, time(one.decidedAt)]),
      );

const walletText = ({ addChain, afterRevert }: WalletSetup): string =>
  [
    facts([
      ['network', addChain.chainName],
      ['rpc', addChain.rpcUrls[0] ?? null],
      ['chain id', `${Number(addChain.chainId)} (${addChain.chainId})`],
      ['currency', addChain.nativeCurrency.symbol],
    ]),
    `After a revert. ${afterRevert.note}`,
    table(
      ['WALLET', 'WHAT TO DO'],
      afterRevert.wallets.map(({ wallet, steps }) => [wallet, steps]),
    ),
  ].join('\n\n');
