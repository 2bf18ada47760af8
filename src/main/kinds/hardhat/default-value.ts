import type { Token } from '../../lib/source-tokens.ts';
import { type Constants, isMark, isName, type Literal, literalAt } from './literals.ts';

/** What is taken for a parameter that isn't given. */
export interface DefaultValue {
  /** As it is written there. */
  text: string;
  /** The ABI type that fits; undefined: nothing tells it. */
  type: string | undefined;
}

/** The argument that begins there: a literal, a constant of the file, or an expression. */
export function defaultAt(
  tokens: readonly Token[],
  at: number,
  constants: Constants,
): DefaultValue {
  const literal = literalAt(tokens, at, constants);
  if (literal && isMark(tokens[literal.end], ')', ',')) {
    return { text: String(literal.value), type: typeOf(literal.value) };
  }
  const argument = expressionAt(tokens, at);
  const expression = constantNamed(tokens, argument, constants) ?? argument;
  return { text: written(expression), type: isAmount(expression) ? 'uint256' : undefined };
}

/** ABI types that a form can ask for such values as. */
function typeOf(value: Literal): string {
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return value < 0n ? 'int256' : 'uint256';
  return /^0x[\da-f]{40}$/i.test(value) ? 'address' : 'string';
}

const MOST_TOKENS = 100;

/** Up to the end of the argument, or of the statement. */
function expressionAt(tokens: readonly Token[], start: number): Token[] {
  let open = 0;
  for (let at = start; at < start + MOST_TOKENS; at += 1) {
    const token = tokens[at];
    if (isMark(token, '(', '[', '{')) open += 1;
    else if (isMark(token, ')', ']', '}')) open -= 1;
    const isOver = open < 0 || (open === 0 && isMark(token, ',', ';'));
    if (!token || isOver || isName(token, ...STATEMENTS)) return tokens.slice(start, at);
  }
  return tokens.slice(start, start + MOST_TOKENS);
}

/** After a constant without a semicolon. */
const STATEMENTS = ['const', 'let', 'var', 'export', 'import', 'module'];

/** What a constant is made of, should an expression be nothing but its name. */
function constantNamed(
  tokens: readonly Token[],
  [named, ...more]: readonly Token[],
  constants: Constants,
): Token[] | undefined {
  if (named?.kind !== 'name' || named.text === undefined || more.length > 0) return undefined;
  const constant = constants.get(named.text);
  return constant && expressionAt(tokens, constant.at);
}

/** Whether it can only be a number: `10n ** 18n`, `parseEther("1")`, `now + 3600`. */
function isAmount(expression: readonly Token[]): boolean {
  const has = (test: (token: Token) => boolean) => expression.some(test);
  if (isMark(expression[0], '[', '{')) return false;
  if (has((one) => isName(one, 'parseEther', 'parseUnits', 'parseGwei', 'BigInt'))) return true;
  if (has((one) => one.kind === 'number' && one.written.endsWith('n'))) return true;
  return (
    has((one) => isMark(one, '+', '-', '*', '/', '**')) && !has((one) => one.kind === 'string')
  );
}

const LONGEST_WRITTEN = 100;

function written(expression: readonly Token[]): string {
  const text = expression
    .map((one, at) => `${at > 0 && !isTight(expression[at - 1], one) ? ' ' : ''}${one.written}`)
    .join('');
  return text.length > LONGEST_WRITTEN ? `${text.slice(0, LONGEST_WRITTEN)}…` : text;
}

/** No white space stands between them, usually. */
function isTight(before: Token | undefined, token: Token): boolean {
  if (isMark(before, '(', '[', '.') || isMark(token, ')', ']', '.', ',')) return true;
  return isMark(token, '(', '[') && (before?.kind === 'name' || isMark(before, ')', ']'));
}
