import type { Token } from '../../lib/source-tokens.ts';
import type { Parameter } from '../../shared/kind.ts';
import { defaultAt } from './default-value.ts';
import { type Constants, constantsOf, isMark, isName, literalAt } from './literals.ts';

/** An Ignition module, as its source tells it. */
export interface IgnitionModule {
  /** As it names itself, which is how a file of parameters names it. */
  id: string;
  parameters: Parameter[];
  /** It takes parameters whose names only running it would tell. */
  hasUnknown: boolean;
}

/**
 * The modules that a source builds, in their order: `buildModule("Id", (m) => …)`, with their
 * `m.getParameter("name", default)`. One whose id isn't written there is left out.
 */
export function modulesIn(tokens: readonly Token[]): IgnitionModule[] {
  const constants = constantsOf(tokens);
  const found: IgnitionModule[] = [];
  for (const at of tokens.keys()) {
    const argument = argumentOf(tokens, at);
    if (argument === undefined) continue;
    if (isName(tokens[at], 'buildModule')) {
      const id = literalAt(tokens, argument, constants)?.value;
      if (typeof id === 'string') found.push({ id, parameters: [], hasUnknown: false });
      continue;
    }
    const module = found.at(-1);
    if (!module) continue;
    const parameter = parameterAt(tokens, at, argument, constants);
    if (!parameter) module.hasUnknown = true;
    else if (!module.parameters.some(({ name }) => name === parameter.name)) {
      module.parameters.push(parameter);
    }
  }
  return found;
}

/** Where the first argument of a call that matters begins; undefined for everything else. */
function argumentOf(tokens: readonly Token[], at: number): number | undefined {
  if (!isName(tokens[at], 'buildModule', 'getParameter')) return undefined;
  const open = afterTypes(tokens, at + 1);
  return isMark(tokens[open], '(') ? open + 1 : undefined;
}

function parameterAt(
  tokens: readonly Token[],
  at: number,
  argument: number,
  constants: Constants,
): Parameter | undefined {
  const name = literalAt(tokens, argument, constants);
  if (typeof name?.value !== 'string') return undefined;
  const follows = tokens[name.end];
  if (isMark(follows, ')')) return { name: name.value, type: typeNamed(tokens[at + 2]) };
  if (!isMark(follows, ',')) return undefined;
  const { text, type } = defaultAt(tokens, name.end + 1, constants);
  return { name: name.value, type: type ?? typeNamed(tokens[at + 2]), default: text };
}

const LONGEST_TYPES = 50;

/** After `<…>`, should it begin there. */
function afterTypes(tokens: readonly Token[], start: number): number {
  if (!isMark(tokens[start], '<')) return start;
  let open = 0;
  for (let at = start; at < start + LONGEST_TYPES; at += 1) {
    const { kind, text = '' } = tokens[at] ?? {};
    if (kind !== 'mark') continue;
    if (/^<+$/.test(text)) open += text.length;
    else if (/^>+$/.test(text)) open -= text.length;
    if (open <= 0) return at + 1;
  }
  return start;
}

/** Of `getParameter<bigint>`; what isn't said is a text. */
function typeNamed(token: Token | undefined): string {
  if (isName(token, 'bigint', 'number')) return 'uint256';
  return isName(token, 'boolean') ? 'bool' : 'string';
}
