import type { ContractRouterClient } from '@orpc/contract';
import type { Cli } from '../../lib/cli/cli.ts';
import { colors } from '../../lib/cli/colors.ts';
import { printLive } from '../../lib/cli/print-live.ts';
import { askingForTrust } from '../../lib/cli/trust-prompt.ts';
import type { Watch, watches } from './contract.ts';
import type { StartWatch } from './service.ts';

type Client = ContractRouterClient<typeof watches>;

/** `deploy --watch`: prints what its runs write until Ctrl-C. What is in place then stays. */
export function watchDeploy(
  cli: Cli<Client>,
  asked: StartWatch,
  trust: boolean | undefined,
): Promise<void> {
  return cli.answer(
    async (client) => {
      const { project } = await askingForTrust(cli, trust, (given) =>
        client.start({ ...asked, trust: given }),
      );
      const last = await followed(client, cli, project.id);
      return (await client.stop({ project: project.id, cancel: true })) ?? last;
    },
    (last) => (last ? endText(last) : 'It is no longer watched.'),
    { endsItself: true },
  );
}

/** Resolves with the last news, once the user ends it or the project is no longer watched. */
async function followed(
  client: Client,
  cli: Cli<Client>,
  project: number,
): Promise<Watch | undefined> {
  let last: Watch | undefined;
  try {
    for await (const { watch, run } of await client.follow({ project }, { signal: cli.signal })) {
      if (!cli.json) for (const event of run?.events ?? []) printLive(event, cli);
      if (watch && lineOf(watch) !== (last && lineOf(last))) cli.say(colors.dim(lineOf(watch)));
      last = watch ?? last;
    }
  } catch (error) {
    if (!cli.signal.aborted) throw error;
  }
  return last;
}

function lineOf({ state, problem, good, files, target }: Watch): string {
  if (state === 'deploying') return `· deploying to ${target}`;
  const inPlace = good ? `#${good.number} is in place` : 'nothing is in place';
  const now = `· watching ${files === 1 ? '1 file' : `${files} files`}; ${inPlace}. Ctrl-C ends it.`;
  return problem === null ? now : `${now}\n! The last change is not in place. ${problem}`;
}

const endText = ({ project, good }: Watch): string =>
  good
    ? `Stopped watching ${project.name}. #${good.number} stays in place.`
    : `Stopped watching ${project.name}. Nothing is in place.`;
