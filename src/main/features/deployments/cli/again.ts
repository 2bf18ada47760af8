import { type Command, InvalidArgumentError } from 'commander';
import { projectArgument, seconds, whole } from '../../../lib/cli/arguments.ts';
import { type Cli, facts } from '../../../lib/cli/cli.ts';
import { inputOf, withInputOptions } from '../../../lib/cli/input-options.ts';
import { type TargetOptions, targetOf, withTarget } from '../../../lib/cli/target-options.ts';
import { askingForTrust, trustOption } from '../../../lib/cli/trust-prompt.ts';
import type { KindInfo } from '../../../shared/kind.ts';
import type { Rollback } from '../contract.ts';
import { type Client, untilEnd } from './follow.ts';
import { endText } from './text.ts';

interface AgainOptions extends TargetOptions, Record<string, unknown> {
  asItIsNow?: boolean;
  trust?: boolean;
}

/** Commands for runs that have ended, and for time limits. */
export function followUpCommands(
  deployment: Command,
  cli: Cli<Client>,
  kinds: readonly KindInfo[],
): void {
  const retry = deployment
    .command('retry')
    .description('the same request once more, with what is given changed')
    .argument('<id>', 'as in the list', whole);
  withInputOptions(withTarget(retry, 'to another network'), kinds)
    .option(...trustOption)
    .action((id: number, options: AgainOptions) =>
      cli.answer(
        async (client) => {
          const changes = { target: targetOf(options).target, input: inputOf(options, kinds) };
          const run = await askingForTrust(cli, options.trust, (trust) =>
            client.retry({ id, changes: { ...changes, trust } }),
          );
          return untilEnd(client, cli, run);
        },
        endText,
        { endsItself: true },
      ),
    );

  const redeploy = deployment
    .command('redeploy')
    .description('deploy again from the same commit, or from the folder as it is now')
    .argument('<id>', 'as in the list', whole)
    .option('--as-it-is-now', 'whatever the folder holds');
  withInputOptions(redeploy, kinds)
    .option(...trustOption)
    .action((id: number, options: AgainOptions) =>
      cli.answer(
        async (client) => {
          const { asItIsNow, trust: given } = options;
          const input = inputOf(options, kinds);
          const run = await askingForTrust(cli, given, (trust) =>
            client.redeploy({ id, asItIsNow, input, trust }),
          );
          return untilEnd(client, cli, run);
        },
        endText,
        { endsItself: true },
      ),
    );

  deployment
    .command('rollback')
    .description('take its chain, or its services, back to before it')
    .argument('<id>', 'as in the list', whole)
    .option('--dry-run', 'only say what else goes')
    .action((id: number, { dryRun }: { dryRun?: boolean }) =>
      cli.answer(
        (client) => client.rollback({ id, dryRun }),
        (done) => rollbackText(done, dryRun ?? false),
      ),
    );

  deployment
    .command('stop')
    .description('end the services of a deployment; nothing takes their place')
    .argument('<id>', 'as in the list', whole)
    .action((id: number) =>
      cli.answer(
        (client) => client.stop({ id }),
        (d) => `Stopped ${d.project.name} #${d.number}.`,
      ),
    );

  deployment
    .command('dismiss')
    .description('take a failed run off those that need attention')
    .argument('<id>', 'as in the list', whole)
    .action((id: number) =>
      cli.answer(
        (client) => client.dismiss({ id }),
        (d) => `Dismissed deployment ${d.id}.`,
      ),
    );

  limitsCommand(deployment, cli, kinds);
}

function rollbackText({ snapshot, gone, back, leftBehind }: Rollback, dryRun: boolean): string {
  const named = ({ project, number }: { project: string; number: number }) =>
    `${project} #${number}`;
  const what = gone.map(named).join(', ') || 'nothing';
  if (!snapshot) {
    const serves = back ? named(back) : 'nothing';
    return dryRun
      ? `Would end ${what}; then ${serves} serves.`
      : `Ended ${what}: ${serves} serves.`;
  }
  if (dryRun) return `Would revert to "${snapshot.name}". Goes with it: ${what}.`;
  const kept = leftBehind ? ` The state before is kept as "${leftBehind.name}".` : '';
  return `Reverted to "${snapshot.name}". Gone: ${what}.${kept}`;
}

function limitsCommand(deployment: Command, cli: Cli<Client>, kinds: readonly KindInfo[]): void {
  const command = deployment
    .command('limits')
    .description('time limits of the runs of a project, in seconds; none: no limit')
    .argument('<project>', 'name, id or folder', projectArgument)
    .option('--run <seconds>', 'of the whole run', secondsOrNone);
  const phases = new Set(kinds.flatMap((kind) => kind.phases.map((phase) => phase.id)));
  for (const id of phases) command.option(`--${id} <seconds>`, '', secondsOrNone);
  command.action((project: string, limits: Record<string, number | null>) =>
    cli.answer(
      (client) => client.setLimits({ project, limits }),
      (all) =>
        facts(
          Object.entries(all).map(([name, value]) => [name, value === null ? '-' : `${value} s`]),
        ),
    ),
  );
}

function secondsOrNone(text: string): number | null {
  if (text === 'none') return null;
  try {
    return seconds(text);
  } catch {
    throw new InvalidArgumentError('Give seconds, a time such as 15m or 2h, or none.');
  }
}
