import type { ProjectFiles } from '../../lib/project-files.ts';
import { type Token, tokensOf } from '../../lib/source-tokens.ts';
import { configIn } from './config-file.ts';
import { isMark, isName } from './literals.ts';

export interface BuildProfiles {
  names: string[];
  /** There may be others, which only running the configuration would tell. */
  mayBeMore: boolean;
}

/** Hardhat 3 has them in every project. */
const ALWAYS = ['default', 'production'];

/** The build profiles of a Hardhat 3 project, found by reading its configuration alone. */
export function buildProfiles(files: ProjectFiles): BuildProfiles {
  const config = configIn(files, '.');
  const source = config === undefined ? undefined : files.textIfAny(config);
  if (source === undefined) return { names: ALWAYS, mayBeMore: true };
  const tokens = tokensOf(source);
  const found = new Set(ALWAYS);
  let mayBeMore = !tokens.some((token, at) => isName(token, 'solidity') && isWritten(tokens, at));
  for (const [at, token] of tokens.entries()) {
    if (!isName(token, 'profiles')) continue;
    if (!isMark(tokens[at + 1], ':') || !isMark(tokens[at + 2], '{')) mayBeMore = true;
    else mayBeMore = !addKeys(tokens, at + 3, found) || mayBeMore;
  }
  return { names: [...found], mayBeMore };
}

/** `solidity: "0.8.30"` or `solidity: {…}`. */
const isWritten = (tokens: readonly Token[], at: number): boolean =>
  isMark(tokens[at + 1], ':') &&
  (tokens[at + 2]?.kind === 'string' || isMark(tokens[at + 2], '{', '['));

/** The keys of an object that begins before there. False: it has others, too. */
function addKeys(tokens: readonly Token[], start: number, found: Set<string>): boolean {
  let open = 0;
  let isWhole = true;
  for (let at = start; at < tokens.length && open >= 0; at += 1) {
    const token = tokens[at];
    const isKey = open === 0 && (at === start || isMark(tokens[at - 1], ','));
    if (isMark(token, '{', '[', '(')) {
      if (isKey) isWhole = false;
      open += 1;
    } else if (isMark(token, '}', ']', ')')) open -= 1;
    else if (isKey && token?.text !== undefined && isMark(tokens[at + 1], ':'))
      found.add(token.text);
    else if (isKey) isWhole = false;
  }
  return isWhole;
}
