import { maskUrl } from '../../lib/secrets/secret-url.ts';
import { shellLine } from '../../lib/shell-line.ts';
import { optionsThat } from '../tool-options.ts';
import type { DeployRequest } from './deploy-plan.ts';
import { forgeOptions } from './forge-options.ts';

export interface ScriptCommand {
  args: string[];
  env: Record<string, string>;
  /** As a person would type it; the RPC URL is masked when it is secret. */
  display: string;
}

const SLOW = '--slow';

/** The same command, but it continues where it would ask a question. */
export const goingOn = (args: readonly string[]): string[] =>
  args.flatMap((arg) => (arg === SLOW ? [SLOW, '--non-interactive'] : [arg]));

export interface HowToRun {
  /** False: only simulated. */
  sends: boolean;
  /** The node signs, not forge. */
  unlocked: boolean;
}

/** Those that are not there anyway, and mean something in this run. */
function passedOn(options: readonly string[], sends: boolean): string[] {
  const ofSending = optionsThat(forgeOptions, options, (option) => option.sends);
  return options.filter((one) => one !== SLOW && (sends || !ofSending.includes(one)));
}

/**
 * One `forge script` that compiles, simulates and broadcasts. `--slow` because without it forge
 * assigns hashes to the wrong transactions. Without a terminal, forge ends before it sends anything
 * where it would ask a question; with `--non-interactive` it continues as if the answer were yes.
 */
export function scriptCommand(
  request: DeployRequest,
  variables: Record<string, string>,
  { sends, unlocked }: HowToRun,
): ScriptCommand {
  const { script, signature, args, from, account, passwordFile, target } = request;
  const passed = passedOn(request.options ?? [], sends);
  const options = [
    ...['script', `${script.file}:${script.contract}`, '--sig', signature],
    ...(target.secretUrl ? [] : ['--rpc-url', target.rpcUrl]),
    ...(sends ? ['--broadcast', SLOW] : []),
    ...(unlocked && !account ? ['--unlocked'] : []),
    ...(from ? ['--sender', from] : []),
    ...(account ? ['--account', account] : []),
    ...(passwordFile ? ['--password-file', passwordFile] : []),
    ...passed,
  ];
  // After `--`, a negative number is an argument and not a flag.
  const tail = args.length > 0 ? ['--', ...args] : [];
  // `forge script` reads its RPC URL from here, though not from ETH_RPC_URL.
  const withUrl = (url: string): Record<string, string> =>
    target.secretUrl ? { ...variables, FOUNDRY_ETH_RPC_URL: url } : variables;
  return {
    args: [...options, '--color', 'always', ...tail],
    env: withUrl(target.rpcUrl),
    display: shellLine(withUrl(maskUrl(target.rpcUrl)), ['forge', ...options, ...tail]),
  };
}
