import { type Command, InvalidArgumentError, Option } from 'commander';
import { projectArgument, seconds } from '../../../lib/cli/arguments.ts';
import { type TargetOptions, targetOf, withTarget } from '../../../lib/cli/target-options.ts';
import { type ListStatus, listStatus, trigger } from '../../deployments/contract.ts';
import type { HistoryFilter } from '../contract.ts';

export interface FilterOptions extends TargetOptions {
  project?: string;
  status?: ListStatus[];
  branch?: string;
  commit?: string;
  trigger?: HistoryFilter['trigger'];
  tag?: string;
  pinned?: boolean;
  live?: boolean;
  since?: number;
}

export function withFilters(command: Command): Command {
  return withTarget(command, 'of one network, or of the engine')
    .option('--project <project>', 'name, id or folder', projectArgument)
    .option('--status <status>', 'give the option once for each', statuses)
    .option('--branch <name>')
    .option('--commit <digits>', 'the first digits of it')
    .addOption(new Option('--trigger <trigger>').choices(trigger.options))
    .option('--tag <tag>')
    .option('--pinned')
    .option('--live', 'on the chain now')
    .option('--since <time>', 'such as 2h, 3d, 1w', seconds);
}

export function filterOf(options: FilterOptions): HistoryFilter {
  const { project, target, status, branch, commit, tag, pinned, live, since } = targetOf(options);
  return {
    project,
    target,
    status,
    branch,
    commit,
    trigger: options.trigger,
    tag,
    pinned,
    live,
    from: since === undefined ? undefined : Date.now() - since * 1000,
  };
}

function statuses(text: string, earlier: ListStatus[] = []): ListStatus[] {
  const { data } = listStatus.safeParse(text);
  if (data) return [...earlier, data];
  throw new InvalidArgumentError(`Give one of ${listStatus.options.join(', ')}.`);
}
