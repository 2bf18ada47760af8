import { setTimeout as sleep } from 'node:timers/promises';
import type { ContractRouterClient } from '@orpc/contract';
import { type Command, Option } from 'commander';
import { formatGwei } from 'viem';
import { whole } from '../../lib/cli/arguments.ts';
import { type Cli, table } from '../../lib/cli/cli.ts';
import { hiddenInput } from '../../lib/cli/hidden-input.ts';
import { askingForTrust } from '../../lib/cli/trust-prompt.ts';
import { dateTime } from '../../shared/date-time.ts';
import { AppError } from '../../shared/errors.ts';
import { type AbiSource, abiSource } from '../abi-sources/contract.ts';
import type {
  Deployment,
  DeploymentDetail,
  deployments,
  StartInput,
} from '../deployments/contract.ts';
import type { keys } from '../keys/contract.ts';
import { reviewText } from './cli/text.ts';
import type { ApproveInput, Review, ReviewDetail, reviews } from './contract.ts';

interface Client {
  reviews: ContractRouterClient<typeof reviews>;
  keys: ContractRouterClient<typeof keys>;
}

/** Sources leave this machine only where somebody says so. */
const verifyOption = (): Option =>
  new Option(
    '--verify <service>',
    'send the sources there once it is on the network, to be verified',
  ).choices(abiSource.options);

interface ApproveOptions {
  confirm?: string;
  verify?: AbiSource;
}

interface RaiseOptions extends ApproveOptions {
  maxFee?: string;
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
    .addOption(verifyOption())
    .action((id: number, options: ApproveOptions) =>
      cli.answer(
        (client) => approve(client, cli, id, options),
        (run) => `Review ${id} is being sent as deployment ${run.id}.`,
      ),
    );

  review
    .command('raise-fee')
    .description('let what was sent and waits pay more: the same transactions, signed once more')
    .argument('<id>', 'as in the list', whole)
    .option('--max-fee <amount>', 'per gas, as in 30gwei')
    .option('--confirm <network>', 'its name, on a main network')
    .action((id: number, options: RaiseOptions) =>
      cli.answer(
        (client) => raiseFee(client, cli, id, options),
        ({ maxFeePerGas, run }) =>
          `It pays up to ${formatGwei(BigInt(maxFeePerGas ?? 0))} gwei per gas now, in deployment ${run}.`,
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

async function approve(
  client: Client,
  cli: Cli<unknown>,
  id: number,
  options: ApproveOptions,
): Promise<Deployment> {
  return client.reviews.approve(await approval(client, cli, id, options));
}

async function raiseFee(
  client: Client,
  cli: Cli<unknown>,
  id: number,
  { maxFee, ...options }: RaiseOptions,
): Promise<Review> {
  const maxFeePerGas = maxFee ?? (await askedFee(client, cli, id));
  return client.reviews.raiseFee({ ...(await approval(client, cli, id, options)), maxFeePerGas });
}

async function askedFee(client: Client, cli: Cli<unknown>, id: number): Promise<string> {
  const { enough, gasPrice } = await client.reviews.check({ id });
  const prompts = enough === null ? null : await cli.prompts();
  const price = `${formatGwei(BigInt(gasPrice))} gwei`;
  const typed = await prompts?.type(`The network asks for ${price} per gas. Pay up to`, {
    initial: `${formatGwei(BigInt(enough ?? 0))} gwei`,
  });
  if (typed) return typed;
  throw new AppError(
    'BAD_INPUT',
    enough === null
      ? 'Nothing that was sent waits: there is nothing to pay more for.'
      : `Say what it may pay per gas: --max-fee ${formatGwei(BigInt(enough))}gwei`,
    { field: 'maxFeePerGas' },
  );
}

/** Asks for the key's password where that is not kept. */
async function approval(
  client: Client,
  cli: Cli<unknown>,
  id: number,
  { confirm, verify }: ApproveOptions,
): Promise<ApproveInput> {
  const { key } = await client.reviews.get({ id });
  const found = (await client.keys.list()).find(({ name }) => name === key);
  const isAsked = found?.password === 'asked' && found.unlockedUntil === null;
  const password = isAsked ? await hiddenInput(cli, `Password of ${key}`) : undefined;
  return {
    id,
    ...(confirm === undefined ? {} : { confirm }),
    ...(verify === undefined ? {} : { verify }),
    ...(password === undefined ? {} : { password }),
  };
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
  options: ApproveOptions & { approve?: number; resume?: number; rehearse?: boolean },
  { runs, untilEnd, endText }: Following,
): Promise<void> {
  return cli.answer(
    async (client): Promise<DeploymentDetail | ReviewDetail> => {
      const follow = (run: { id: number }) => untilEnd(client.deployments, runs, run);
      const decided = options.approve ?? (await reviewOf(client, options.resume));
      if (decided !== undefined) return follow(await approve(client, cli, decided, options));
      const review = await rehearsed(client, cli, asked as StartInput, follow);
      if (review.status !== 'open') cli.fail();
      const canAsk = (await cli.prompts()) !== null;
      if (review.status !== 'open' || options.rehearse || !canAsk) return review;
      cli.say(reviewText(review));
      const confirmed = await askToSend(cli, review);
      if (!confirmed) return review;
      return follow(await approve(client, cli, review.id, { ...options, ...confirmed }));
    },
    (shown) => ('certificate' in shown ? reviewText(shown) : endText(shown)),
    { endsItself: true },
  );
}

/** By which a deployment was sent. */
async function reviewOf(
  client: { deployments: Runs },
  deployment: number | undefined,
): Promise<number | undefined> {
  if (deployment === undefined) return undefined;
  const { review } = await client.deployments.get({ id: deployment });
  if (review !== null) return review;
  throw new AppError(
    'BAD_ARGUMENT',
    `Deployment ${deployment} was sent without a review, so nothing is known that it would go on with. Deploy it again.`,
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
