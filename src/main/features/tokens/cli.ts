import type { ContractRouterClient } from '@orpc/contract';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { whole } from '../../lib/cli/arguments.ts';
import { type Cli, table, time } from '../../lib/cli/cli.ts';
import { type Scope, scopes } from '../../shared/scope.ts';
import type { Session, Token, tokens } from './contract.ts';

type Client = ContractRouterClient<typeof tokens>;

interface CreateOptions {
  scope: Scope;
  /** false: it never expires. */
  expiry: boolean;
  days?: number;
}

export function tokenCommands(program: Command, cli: Cli<Client>): void {
  const token = program.command('token').description('API tokens with a name and a scope');

  token
    .command('list')
    .description('all tokens, without the tokens themselves')
    .action(() => cli.answer((client) => client.list(), listText));

  token
    .command('create')
    .description('make one; it is printed here and never again')
    .argument('<name>')
    .addOption(
      new Option(
        '--scope <scope>',
        'deploy: to chains of this machine; live: also approve reviews and unlock keys',
      )
        .choices([...scopes])
        .default('read'),
    )
    .option('--days <n>', 'for how long it is good; default: 90', whole)
    .option('--no-expiry', 'until it is revoked')
    .action((name: string, { scope, expiry, days }: CreateOptions) => {
      if (!expiry && days !== undefined) {
        throw new InvalidArgumentError('Give --days or --no-expiry.');
      }
      return cli.answer(
        (client) => client.create({ name, scope, days: expiry ? days : null }),
        (made) => `${made.token}\n${goodText(made)} It is not shown again.`,
      );
    });

  token
    .command('revoke')
    .description('refuse it from now on, and end what goes on with it')
    .argument('<name>')
    .action((name: string) =>
      cli.answer(
        (client) => client.revoke({ name }),
        (gone) => `The token ${gone.name} is refused from now on.`,
      ),
    );
}

export function sessionCommands(program: Command, cli: Cli<Client>): void {
  const session = program.command('session').description('browsers that were let in');

  session
    .command('list')
    .description('all of them, the last seen first')
    .action(() => cli.answer((client) => client.sessions(), sessionsText));

  session
    .command('end')
    .description('let it in no longer')
    .argument('<id>', 'as in the list', whole)
    .action((id: number) =>
      cli.answer(
        (client) => client.endSession({ id }),
        (ended) => `The session ${ended.id} is ended.`,
      ),
    );
}

const goodText = ({ name, scope, expiresAt }: Token): string =>
  `The token ${name} has the scope ${scope} and is good until ${expiresAt === null ? 'it is revoked' : time(expiresAt)}.`;

const listText = (all: Token[]): string =>
  all.length === 0
    ? 'There are no tokens with a name. Make one with "drydock token create <name>".'
    : table(
        ['NAME', 'SCOPE', 'MADE', 'GOOD UNTIL', 'USED'],
        all.map(({ name, scope, createdAt, expiresAt, expired, usedAt }) => [
          ...[name, scope, time(createdAt)],
          expired ? 'expired' : (time(expiresAt) ?? 'revoked'),
          time(usedAt),
        ]),
      );

const sessionsText = (all: Session[]): string =>
  all.length === 0
    ? 'No browser was let in.'
    : table(
        ['ID', 'SINCE', 'SEEN', 'BROWSER'],
        all.map(({ id, startedAt, seenAt, agent }) => [id, time(startedAt), time(seenAt), agent]),
      );
