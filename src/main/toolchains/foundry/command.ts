import { maskUrl } from '../../kit/mask.ts';
import type { DeployRequest } from '../toolchain.ts';
import { shellLine } from './shell.ts';

export interface ScriptCommand {
  args: string[];
  env: Record<string, string>;
  /** As a person would type it; the RPC URL is masked when it is secret. */
  display: string;
}

/**
 * One `forge script` that compiles, simulates and broadcasts. `--slow` because without it forge
 * assigns hashes to the wrong transactions; `--non-interactive` because nobody could answer.
 */
export function scriptCommand(
  request: DeployRequest,
  compilerEnv: Record<string, string>,
): ScriptCommand {
  const { script, signature, args, from, account, passwordFile, target } = request;
  const options = [
    ...['script', `${script.file}:${script.contract}`, '--sig', signature],
    ...(target.secretUrl ? [] : ['--rpc-url', target.rpcUrl]),
    ...['--broadcast', '--slow', '--non-interactive'],
    ...(target.unlocked && !account ? ['--unlocked'] : []),
    ...(from ? ['--sender', from] : []),
    ...(account ? ['--account', account] : []),
    ...(passwordFile ? ['--password-file', passwordFile] : []),
  ];
  // Behind `--`, a negative number is an argument and not a flag.
  const tail = args.length > 0 ? ['--', ...args] : [];
  // `forge script` reads its RPC URL from here, though not from ETH_RPC_URL.
  const withUrl = (url: string): Record<string, string> =>
    target.secretUrl ? { ...compilerEnv, FOUNDRY_ETH_RPC_URL: url } : compilerEnv;
  return {
    args: [...options, '--color', 'always', ...tail],
    env: withUrl(target.rpcUrl),
    display: shellLine(withUrl(maskUrl(target.rpcUrl)), ['forge', ...options, ...tail]),
  };
}
