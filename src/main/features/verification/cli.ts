import type { ContractRouterClient } from '@orpc/contract';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { refuse } from '../../lib/cli/arguments.ts';
import { type Cli, facts, table, time } from '../../lib/cli/cli.ts';
import {
  type CodeCheck,
  matchWords,
  type Verification,
  verdictWords,
  type verifications,
} from './contract.ts';

type Client = ContractRouterClient<typeof verifications>;

interface VerifyOptions {
  network?: string;
  to?: 'sourcify' | 'etherscan';
  bundle?: boolean;
  list?: boolean;
}

export function verificationCommands(program: Command, cli: Cli<Client>): void {
  const contract =
    program.commands.find((command) => command.name() === 'contract') ??
    program.command('contract');
  contract
    .command('verify')
    .description('compile a contract again and compare; send its sources to a verifier')
    .argument('[contract]', 'address, name or label; with its project: vault.Token')
    .option('--network <network>', 'where it stands (default: local)')
    .addOption(
      new Option('--to <service>', 'send it there, at the address in the settings')
        .choices(['sourcify', 'etherscan'])
        .conflicts(['bundle', 'list']),
    )
    .addOption(
      new Option('--bundle', 'print what verifiers take: compiler, name, standard JSON').conflicts(
        'list',
      ),
    )
    .option('--list', 'what was sent, and what the services said; asks again for what is pending')
    .action((name: string | undefined, { network, to, bundle, list }: VerifyOptions) => {
      if (list) {
        refuse({ [`"${name}"`]: name }, 'with --list');
        return cli.answer((client) => listed(client, network), listText);
      }
      if (name === undefined) throw new InvalidArgumentError('Give a contract, or --list.');
      const ref = { contract: name, network };
      if (to !== undefined) {
        return cli.answer(async (client) => {
          const sent = await client.submit({ ...ref, to });
          if (sent.state !== 'verified') cli.fail();
          return sent;
        }, verificationText);
      }
      if (bundle) {
        return cli.answer(
          (client) => client.bundle(ref),
          (found) => JSON.stringify(found, null, 2),
        );
      }
      return cli.answer(async (client) => {
        const found = await client.check(ref);
        if (found.runtime === 'different') cli.fail();
        return found;
      }, checkText);
    });
}

async function listed(client: Client, network: string | undefined): Promise<Verification[]> {
  const all = await client.list({ network });
  return Promise.all(
    all.map((one) =>
      // One that can't be asked now stays as it was.
      one.state === 'pending' ? client.get({ id: one.id }).catch(() => one) : one,
    ),
  );
}

const checkText = (found: CodeCheck): string =>
  facts([
    ['contract', `${found.contract}${found.project === null ? '' : ` of ${found.project}`}`],
    ['at', `${found.address} on ${found.network}`],
    ['compiler', found.compiler],
    ['its code is', matchWords[found.runtime]],
    ['it was created with', found.creation && matchWords[found.creation]],
    ['arguments', found.constructorArguments ? `0x${found.constructorArguments}` : null],
    ['libraries', found.libraries.map((one) => `${one.name} ${one.address}`).join(', ') || null],
  ]);

const verificationText = (one: Verification): string =>
  facts([
    ['contract', one.contract],
    ['at', `${one.address} on ${one.network}`],
    ['sent to', one.host],
    ['it says', verdictWords(one)],
    ['next', one.state === 'pending' ? 'drydock contract verify --list asks again' : null],
  ]);

const listText = (all: Verification[]): string =>
  all.length === 0
    ? 'Nothing was sent to be verified.'
    : table(
        ['ID', 'CONTRACT', 'ADDRESS', 'NETWORK', 'SENT TO', 'AT', 'STATE'],
        all.map((one) => [
          ...[one.id, one.contract, one.address, one.network, one.host, time(one.sentAt)],
          verdictWords(one),
        ]),
      );
