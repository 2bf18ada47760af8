import type { TracedCall } from './call-tree.ts';
import { orderedWalk } from './ordered-walk.ts';
import type { RecordedTransaction } from './recorded-transaction.ts';

/** Runtime codes of contracts by address in lower case. */
type Codes = Map<string, string>;

const isCreation = ({ type }: TracedCall): boolean => type.startsWith('CREATE');

/** What a call has created, as far as it was not undone by itself. */
function createdIn(call: TracedCall): { at: string; code: string } | null {
  const { to, output, error } = call;
  if (!isCreation(call) || !to || !output || error !== undefined) return null;
  return { at: to.toLowerCase(), code: output };
}

function* creationsIn(root: TracedCall, isLeftOut: (call: TracedCall) => boolean) {
  for (const { call, log } of orderedWalk(root, isLeftOut)) {
    const created = log === null ? createdIn(call) : null;
    if (created) yield { ...created, call };
  }
}

/**
 * The code of what a transaction has created; of an address that it had to try several times, the one
 * that stays.
 */
export function createdCodes(root: TracedCall | null): Codes {
  const codes: Codes = new Map();
  if (!root) return codes;
  for (const { at, code } of creationsIn(root, () => false)) codes.set(at, code);
  for (const { at, code } of creationsIn(root, ({ error }) => error !== undefined)) {
    codes.set(at, code);
  }
  return codes;
}

/**
 * The code that calls found at addresses at which their transaction has created one contract after
 * the other. Of all other calls nothing: their code is that of `createdCodes`, or was there before.
 */
export function codesOfCalls(root: TracedCall): ReadonlyMap<TracedCall, string> {
  const found = new Map<TracedCall, string>();
  const several = severalIn(root);
  if (several.size === 0) return found;
  const last: Codes = new Map();
  for (const { call, log } of orderedWalk(root, () => false)) {
    const at = call.to?.toLowerCase();
    if (log !== null || at === undefined || !several.has(at)) continue;
    const created = createdIn(call);
    if (created) last.set(at, created.code);
    const code = last.get(at);
    if (code !== undefined) found.set(call, code);
  }
  return found;
}

function severalIn(root: TracedCall): ReadonlySet<string> {
  const codes: Codes = new Map();
  const several = new Set<string>();
  for (const { at, code } of creationsIn(root, () => false)) {
    if (codes.has(at) && codes.get(at) !== code) several.add(at);
    codes.set(at, code);
  }
  return several;
}

/** What stood at an address for the calls of a transaction; undefined: that isn't known. */
export function codeFoundIn(
  { trace, preState }: Pick<RecordedTransaction, 'trace' | 'preState'>,
  address: string,
): string | undefined {
  const at = address.toLowerCase();
  const found = Object.entries(preState ?? {}).find(([one]) => one.toLowerCase() === at);
  return found?.[1].code ?? createdCodes(trace).get(at);
}
