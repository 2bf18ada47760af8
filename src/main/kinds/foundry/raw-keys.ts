import { withBlankComments } from './source-text.ts';

/** Where a script reads a private key. */
export interface RawKey {
  /** Of the variable. */
  name: string;
  line: number;
}

/** `uint256 key = vm.envUint("NAME")`, or the call alone. */
const READ =
  /(?:\b([A-Za-z_$][\w$]*)\s*=\s*(?:uint256\s*\(\s*)?)?\bvm\s*\.\s*env(?:Uint|Bytes32)\s*\(\s*"([^"\\\n]{1,200})"/g;
const BROADCASTS = /\bstartBroadcast\s*\(\s*(?:uint256\s*\(\s*)?$/;
const CALLED_SO = /PRIVATE_?KEY|(?:^|_)(?:PK|DEPLOYER_KEY)$/i;

/**
 * The variables from which a script reads private keys: those that it broadcasts with, and those that
 * are called so. What its imports read is not looked at.
 */
export function rawKeysOf(source: string): RawKey[] {
  const text = withBlankComments(source);
  const keys = [...text.matchAll(READ)].filter(([, variable, name = ''], index, all) => {
    if (CALLED_SO.test(name)) return true;
    const at = all[index]?.index ?? 0;
    return variable === undefined
      ? BROADCASTS.test(text.slice(Math.max(0, at - 80), at))
      : broadcastsWith(text, variable);
  });
  return keys.map(({ 2: name = '', index }) => ({
    name,
    line: text.slice(0, index).split('\n').length,
  }));
}

const broadcastsWith = (text: string, variable: string): boolean =>
  new RegExp(
    `\\b(?:startBroadcast|broadcast)\\s*\\(\\s*${variable.replaceAll('$', '\\$')}\\s*\\)`,
  ).test(text);
