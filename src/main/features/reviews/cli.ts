import { setTimeout as sleep } from 'node:timers/promises';
import type { ContractRouterClient } from '@orpc/contract';
import type { Command } from 'commander';
import { whole } from '../../lib/cli/arguments.ts';
import { type Cli, table } from '../../lib/cli/cli.ts';
import { hiddenInput } from '../../lib/cli/hidden-input.ts';
import { askingForTrust } from '../../lib/cli/trust-prompt.ts';
import { dateTime } from '../../shared/date-time.ts';
import type {
  Deployment,
  DeploymentDetail,
  deployments,
  StartInput,
} from '../deployments/contract.ts';
import type { keys } from '../keys/contract.ts';
import { reviewText } from './cli/text.ts';
import type { Review, ReviewDetail, reviews } from './contract.ts';

interface Client {
  reviews: ContractRouterClient<typeof reviews>;
  keys: ContractRouterClient<typeof keys>;
}

interface ApproveOptions {
  confirm?: string;
}

export function reviewCommands(program: Command, cli: Cli<Client>): void {
  const review = program
    .command('review')
    .description('live deploys, looked at before they are sent');

  review
    .command('list')
    .description('newest first')
    .action(() => cli.answer((client) => client.reviews.list({}), listText));

  review
    .command('show')
    .description('one review, whole')
    .argument('<id>', 'as in the list', whole)
    .action((id: number) => cli.answer((client) => client.reviews.get({ id }), reviewText));

  review
    .command('approve')
    .description(
      'send what was reviewed, in the background; "deploy --approve" stays until it is over',
    )
    .argument('<id>', 'as in the list', whole)
    .option('--confirm <network>', 'its name, on a main network')
    .action((id: number, options: ApproveOptions) =>
      cli.answer(
        (client) => approve(client, cli, id, options),
        (run) => `Review ${id} is being sent as deployment ${run.id}.`,
      ),
    );

  review
    .command('reject')
    .description('never send it')
    .argument('<id>', 'as in the list', whole)
    .action((id: number) =>
      cli.answer(
        (client) => client.reviews.reject({ id }),
        () => `Review ${id} is rejected.`,
      ),
    );
}

/** Asks for the key's password where that is not kept. */
async function approve(
  client: Client,
  cli: Cli<unknown>,
  id: number,
  { confirm }: ApproveOptions,
): Promise<Deployment> {
  const { key } = await client.reviews.get({ id });
  const found = (await client.keys.list()).find(({ name }) => name === key);
  const isAsked = found?.password === 'asked' && found.unlockedUntil === null;
  const password = isAsked ? await hiddenInput(cli, `Password of ${key}`) : undefined;
  return client.reviews.approve({
    id,
    ...(confirm === undefined ? {} : { confirm }),
    ...(password === undefined ? {} : { password }),
  });
}

type Runs = ContractRouterClient<typeof deployments>;

/** How runs are followed, by the commands of deployments. */
interface Following {
  runs: Cli<Runs>;
  untilEnd: (client: Runs, cli: Cli<Runs>, run: { id: number }) => Promise<DeploymentDetail>;
  endText: (run: DeploymentDetail) => string;
}

/**
 * Rehearses a live deploy and prints its review; sends it where the user says so. With `approve`, or
 * without anything asked, it sends what was reviewed.
 */
export function deployLive(
  cli: Cli<Client & { deployments: Runs }>,
  asked: StartInput | null,
  options: { approve?: number; rehearse?: boolean; confirm?: string },
  { runs, untilEnd, endText }: Following,
): Promise<void> {
  return cli.answer(
    async (client): Promise<DeploymentDetail | ReviewDetail> => {
      const follow = (run: { id: number }) => untilEnd(client.deployments, runs, run);
      if (options.approve !== undefined) {
        return follow(await approve(client, cli, options.approve, options));
      }
      const review = await rehearsed(client, cli, asked as StartInput, follow);
      if (review.status !== 'open') cli.fail();
      const canAsk = (await cli.prompts()) !== null;
      if (review.status !== 'open' || options.rehearse || !canAsk) return review;
      cli.say(reviewText(review));
      const decided = await askToSend(cli, review);
      return decided ? follow(await approve(client, cli, review.id, decided)) : review;
    },
    (shown) => ('certificate' in shown ? reviewText(shown) : endText(shown)),
    { endsItself: true },
  );
}

/** Resolves once its review can be decided, or there is none. */
async function rehearsed(
  client: Client,
  cli: Cli<unknown>,
  { project, target = '', input = {}, trust: given }: StartInput,
  follow: (run: { id: number }) => Promise<unknown>,
): Promise<ReviewDetail> {
  const { id, rehearsal } = await askingForTrust(cli, given, (trust) =>
    client.reviews.rehearse({
      ...{ project, target, input },
      ...(trust === undefined ? {} : { trust }),
    }),
  );
  if (rehearsal !== null) await follow({ id: rehearsal });
  for (;;) {
    const review = await client.reviews.get({ id });
    if (review.status !== 'rehearsing') return review;
    await sleep(LOOK_EVERY_MS);
  }
}

/** What is left to do after a rehearsal takes no longer than some calls of two nodes. */
const LOOK_EVERY_MS = 50;

/** Asks in the terminal, in words that fit the network. Undefined: it is not to be sent. */
async function askToSend(
  cli: Cli<unknown>,
  { network, production, certificate }: ReviewDetail,
): Promise<ApproveOptions | undefined> {
  const count = certificate?.transactions.length ?? 0;
  if (production === null) {
    const what = count === 1 ? 'this transaction' : `these ${count} transactions`;
    return (await cli.confirm(`Send ${what} to ${network}?`)) ? {} : undefined;
  }
  const prompts = await cli.prompts();
  const confirm = await prompts?.type(
    `${network} is ${production}: it costs money. Type ${network} to send`,
  );
  return confirm === network ? { confirm } : undefined;
}

const listText = (all: Review[]): string =>
  all.length === 0
    ? 'There are no reviews. Make one with "drydock deploy <project> --target <network> --key <key> --review".'
    : table(
        ['id', 'project', 'network', 'status', 'key', 'made'],
        all.map((one) => [
          ...[one.id, one.project.name, one.network, one.status, one.key],
          dateTime(one.createdAt),
        ]),
      );
