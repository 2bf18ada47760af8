import type { ContractRouterClient } from '@orpc/contract';
import { type Command, InvalidArgumentError } from 'commander';
import { projectArgument } from '../../lib/cli/arguments.ts';
import { type Cli, facts } from '../../lib/cli/cli.ts';
import { inputOf, withInputOptions } from '../../lib/cli/input-options.ts';
import { type TargetOptions, targetOf, withTarget } from '../../lib/cli/target-options.ts';
import { EVERY_TARGET } from '../../shared/kept-defaults.ts';
import type { KindInfo } from '../../shared/kind.ts';
import type { deployDefaults, KeptDefaults } from './contract.ts';

type Client = ContractRouterClient<typeof deployDefaults>;

interface Options extends TargetOptions, Record<string, unknown> {
  remove?: boolean;
}

/** @param kinds whose inputs have options of their own */
export function deployDefaultsCommands(
  program: Command,
  cli: Cli<Client>,
  kinds: readonly KindInfo[],
): void {
  const project =
    program.commands.find((command) => command.name() === 'project') ?? program.command('project');
  const defaults = project
    .command('defaults')
    .description('what its deploys begin with: show, keep or forget it')
    .argument('<project>', 'name, id or folder', projectArgument);
  withInputOptions(
    withTarget(
      defaults,
      'of deploys to this network, or to the engine; default: of all its deploys',
    ),
    kinds,
  )
    .option('--remove', 'forget what is kept for it')
    .action((ref: string, { remove, ...options }: Options) => {
      const input = inputOf(options, kinds);
      const isGiven = Object.keys(input).length > 0;
      const named = targetOf(options).target;
      if (named === undefined && !isGiven && !remove) {
        return cli.answer((client) => client.list({ project: ref }), allText);
      }
      const about = { project: ref, target: named ?? EVERY_TARGET };
      if (remove && isGiven)
        throw new InvalidArgumentError('Give --remove alone, or what to keep.');
      if (remove) return cli.answer((client) => client.remove(about), removedText);
      return cli.answer(
        (client) => (isGiven ? client.set({ ...about, input }) : client.get(about)),
        oneText,
      );
    });
}

const deploysTo = (target: string): string =>
  target === EVERY_TARGET ? 'All deploys' : `Deploys to ${target}`;

const valueText = (value: unknown): string => {
  if (value === null) return 'none';
  return Array.isArray(value) ? value.map(String).join(', ') : String(value);
};

function oneText({ target, input }: KeptDefaults): string {
  const kept = Object.entries(input);
  if (kept.length === 0) return nothing(target);
  return [
    `${deploysTo(target)} begin with:`,
    facts(kept.map(([name, value]) => [name, valueText(value)])),
  ].join('\n');
}

const allText = (all: KeptDefaults[]): string =>
  all.length === 0
    ? 'Nothing is kept. Keep something with "drydock project defaults <project> --set <name=value>", for one network with --network <name>.'
    : all.map(oneText).join('\n\n');

const removedText = ({ target, input }: KeptDefaults): string =>
  Object.keys(input).length === 0 ? nothing(target) : `${deploysTo(target)} begin as usual again.`;

const nothing = (target: string): string =>
  target === EVERY_TARGET
    ? 'Nothing is kept for all deploys.'
    : `Nothing is kept for deploys to ${target}.`;
