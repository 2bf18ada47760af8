import type { ContractRouterClient } from '@orpc/contract';
import { type Command, Option } from 'commander';
import { refuse } from '../../lib/cli/arguments.ts';
import { type Cli, facts, table, time } from '../../lib/cli/cli.ts';
import type { accounts } from './contract.ts';
import { dealtText, listText } from './text.ts';

type Client = ContractRouterClient<typeof accounts>;

interface EntryOptions {
  note?: string;
  stop?: boolean;
}

interface DealOptions {
  id?: string;
  raw?: boolean;
  supply?: boolean;
}

const ACCOUNT = 'address, label, index of a development account or name of a contract';

export function accountCommands(program: Command, cli: Cli<Client>): void {
  const account = program
    .command('account')
    .description('who has what on a network: ether, tokens, keys');
  const on = (name: string, description: string) =>
    account.command(name).description(description).argument('<network>');

  on('list', 'development, watched and impersonated accounts, with what they hold').action(
    (network: string) => cli.answer((client) => client.list({ network }), listText),
  );

  on('key', 'print the private key of a development account')
    .argument('<account>', 'its index, address or label')
    .action((network: string, one: string) =>
      cli.answer(
        (client) => client.key({ network, account: one }),
        ({ address, index, path, key }) =>
          facts([
            ['account', `${index}, ${address}`],
            ['path', path],
            ['key', key],
          ]),
      ),
    );

  on('deal', 'give an account tokens, out of nothing')
    .argument('<token>', 'address, label or name of an ERC-20, ERC-721 or ERC-1155')
    .argument('<to>', ACCOUNT)
    .argument('[amount]', 'what it has afterwards, in tokens, as in 1000 or 1.5')
    .option('--id <id>', 'of an ERC-721 or ERC-1155')
    .option('--raw', 'the amount is in the smallest unit')
    .option('--supply', 'change the total supply by as much')
    .action(
      (
        network: string,
        token: string,
        to: string,
        amount: string | undefined,
        { id, raw = false, supply: adjustSupply = false }: DealOptions,
      ) =>
        cli.answer(
          (client) => client.deal({ network, token, to, amount, id, raw, adjustSupply }),
          dealtText,
        ),
    );

  on('watch', 'keep an address in the list')
    .argument('<account>', ACCOUNT)
    .option('--note <text>', 'what it is for')
    .addOption(new Option('--stop', 'take it out of the list').conflicts('note'))
    .action((network: string, one: string, { note, stop }: EntryOptions) =>
      stop
        ? cli.answer(
            (client) => client.unwatch({ network, address: one }),
            ({ address }) => `${address} on ${network} is no longer watched.`,
          )
        : cli.answer(
            (client) => client.watch({ network, account: one, note }),
            ({ address }) => `${address} on ${network} is watched.`,
          ),
    );

  on('impersonate', 'have a chain send for an address without its key; without one, list them')
    .argument('[account]', ACCOUNT)
    .option('--note <text>', 'what it is for')
    .addOption(new Option('--stop', 'have the chain no longer send for it').conflicts('note'))
    .action((network: string, one: string | undefined, { note, stop }: EntryOptions) => {
      if (one === undefined) {
        refuse({ '--note': note, '--stop': stop }, 'without an account');
        return cli.answer(
          async (client) =>
            (await client.list({ network })).accounts.filter(
              ({ impersonated }) => impersonated !== null,
            ),
          (all) =>
            all.length === 0
              ? `${network} impersonates nobody.`
              : table(
                  ['ADDRESS', 'CALLED', 'FOR', 'SINCE'],
                  all.map(({ address, label, contract, impersonated }) => [
                    ...[address, label ?? contract, impersonated?.note ?? null],
                    time(impersonated?.since ?? null),
                  ]),
                ),
        );
      }
      return stop
        ? cli.answer(
            (client) => client.stopImpersonating({ network, address: one }),
            ({ address }) => `${network} no longer sends for ${address}.`,
          )
        : cli.answer(
            (client) => client.impersonate({ network, account: one, note }),
            ({ address }) =>
              `${network} sends for ${address} now: scripts and wallets may use it as an unlocked account, until you stop it.`,
          );
    });
}
