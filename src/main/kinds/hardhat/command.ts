import type { Command } from '../../engines/engine.ts';
import { shellWord } from '../../lib/shell-line.ts';
import type { HardhatRun } from './input.ts';
import type { ProjectPaths } from './project-paths.ts';

/** How the tool is run, and where it sends to. */
export interface HardhatPlace {
  /** The project. */
  folder: string;
  /** A Node, as the engine finds it. */
  node: string;
  /** The JavaScript file of the project's own Hardhat that runs its tasks. */
  program: string;
  direction: {
    /** Name of the network in the configuration. */
    network: string;
    /** As the tool reaches it; known to this run alone. */
    url: string;
    chainId: number;
    /** Of the Hardhat that is installed. */
    major: number | undefined;
    /** The node, and not the configuration, says whose accounts sign. */
    signsByNode: boolean;
    /** Its folders, as far as they are known; if they are others, it says so before it uses them. */
    paths: ProjectPaths;
  };
  /** What steers Node and the tool besides, and the user's own for the script. */
  variables: Record<string, string>;
  /** See `RunFiles`. */
  files: { preload: string; parameters: string | undefined };
}

/** Compiles first, for what doesn't do that by itself; null: deploying does. */
export const compileCommand = (run: HardhatRun, place: HardhatPlace): Command | null =>
  isByRocketh(run, place) || run.way === 'contract'
    ? commandOf(compileArguments(run, place), place)
    : null;

/** Compiles as far as need be, and deploys. */
export const deployCommand = (run: HardhatRun, place: HardhatPlace): Command =>
  commandOf(argumentsOf(run, place), place);

/** As a person would type it in the project's folder. */
export function displayOf(run: HardhatRun, place: HardhatPlace): string {
  const steps = [
    ...(compileCommand(run, place) ? [compileArguments(run, place)] : []),
    ...(run.way === 'contract' ? [] : [argumentsOf(run, place)]),
  ];
  return steps.map((args) => ['npx', 'hardhat', ...args].map(shellWord).join(' ')).join(' && ');
}

const commandOf = (args: readonly string[], place: HardhatPlace): Command => ({
  program: place.node,
  args: [place.program, ...args],
  env: environmentOf(place),
  cwd: place.folder,
});

/**
 * hardhat-deploy for Hardhat 3, whose scripts import artifacts that a compile writes for them. It asks
 * before it sends, and takes no reply without a terminal.
 */
const isByRocketh = ({ way }: HardhatRun, { direction }: HardhatPlace): boolean =>
  way === 'hardhat-deploy' && (direction.major ?? 2) >= 3;

/** Version 2 knows no other name for it. */
const compileArguments = (run: HardhatRun, { direction }: HardhatPlace): string[] => [
  direction.major === 2 ? 'compile' : 'build',
  ...profileOf(run),
  ...(run.way === 'contract' ? optionsOf(run) : []),
];

const optionsOf = ({ options = [] }: HardhatRun): string[] => options.flatMap(words);

const profileOf = ({ profile }: HardhatRun): string[] =>
  profile === undefined ? [] : ['--build-profile', profile];

function argumentsOf(run: HardhatRun, place: HardhatPlace): string[] {
  const { direction, files } = place;
  const usual = [...['--network', direction.network], ...profileOf(run), ...optionsOf(run)];
  switch (run.way) {
    case 'ignition':
      return [
        ...['ignition', 'deploy', run.script, ...usual],
        ...(files.parameters ? ['--parameters', files.parameters] : []),
      ];
    case 'hardhat-deploy':
      return [
        ...['deploy', ...usual],
        ...(isByRocketh(run, place) ? ['--skip-prompts'] : []),
        ...(run.tags.length > 0 ? ['--tags', run.tags.join(',')] : []),
      ];
    case 'script':
      return ['run', run.script, ...usual];
    case 'contract':
      throw new Error('a contract is deployed by no command');
  }
}

/** Hardhat 2 takes the value of an option as a word of its own only. */
function words(option: string): string[] {
  const at = option.indexOf('=');
  return at < 0 ? [option] : [option.slice(0, at), option.slice(at + 1)];
}

function environmentOf({ direction, variables, files }: HardhatPlace): Record<string, string> {
  const { network, url, chainId, major, signsByNode, paths } = direction;
  const { deploy: _, sources: __, ...folders } = paths;
  return {
    ...variables,
    NODE_OPTIONS: [variables.NODE_OPTIONS, `--require="${files.preload}"`]
      .filter(Boolean)
      .join(' '),
    DRYDOCK_HARDHAT: JSON.stringify({
      ...{ network, url, chainId, major, paths: folders },
      ...(signsByNode ? { accounts: 'remote' } : {}),
    }),
    // Ignition asks for confirmation on every chain but its own, and takes this as the reply.
    HARDHAT_IGNITION_CONFIRM_DEPLOYMENT: 'true',
    HARDHAT_IGNITION_CONFIRM_RESET: 'true',
    HARDHAT_DISABLE_TELEMETRY_PROMPT: 'true',
    DO_NOT_TRACK: '1',
  };
}
