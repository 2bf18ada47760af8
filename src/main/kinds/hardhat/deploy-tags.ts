import type { Token } from '../../lib/source-tokens.ts';
import { constantsOf, isMark, isName, literalAt } from './literals.ts';

const MOST_TAGS = 50;

/**
 * The tags of one of hardhat-deploy's scripts: `func.tags = ["token"]`, or `{ tags: ["token"] }`.
 * Those that are not written there as texts are left out.
 */
export function tagsIn(tokens: readonly Token[]): string[] {
  const constants = constantsOf(tokens);
  const found = new Set<string>();
  for (const [at, token] of tokens.entries()) {
    if (!isName(token, 'tags') || !isMark(tokens[at + 1], '=', ':')) continue;
    if (!isMark(tokens[at + 2], '[')) continue;
    for (let next = at + 3; next < at + 3 + 2 * MOST_TAGS; next += 1) {
      if (!tokens[next] || isMark(tokens[next], ']')) break;
      const tag = literalAt(tokens, next, constants)?.value;
      if (typeof tag === 'string' && /^[\w.-]+$/.test(tag)) found.add(tag);
    }
  }
  return [...found];
}
