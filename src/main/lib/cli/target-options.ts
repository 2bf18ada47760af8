import { type Command, Option } from 'commander';

export interface TargetOptions {
  target?: string;
  /** The same, for what is deployed to a network. */
  network?: string;
}

/** Adds `--target`, and `--network` as its synonym. */
export function withTarget(command: Command, help: string): Command {
  return command
    .option('--target <name>', help)
    .addOption(new Option('--network <name>', 'the same, of a network').conflicts('target'));
}

/** The options without these two, and the target that they name. */
export function targetOf<T extends TargetOptions>(
  options: T,
): Omit<T, 'target' | 'network'> & { target?: string } {
  const { target, network, ...rest } = options;
  return { ...rest, target: target ?? network };
}
