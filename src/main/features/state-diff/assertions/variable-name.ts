/** A value of a type of Solidity, as it is told of variables. */
export interface Argument {
  type: string;
  text: string;
}

/** Types whose values are one text each. */
export const isSimpleType = (type: string): boolean =>
  /^(address|bool|string|bytes|u?int\d*|bytes\d+)$/.test(type);

/** `[` a string in quotes, or anything without a bracket `]` */
const KEY = /^\[(?:("(?:[^"\\]|\\.)*")|([^\][]*))\]/;

/**
 * The function of a public variable and its arguments: of `balances[0x…]` there is one. null: it is a
 * part of a value that a function returns together with others.
 */
export function argumentsIn(variable: string): { name: string; texts: string[] } | null {
  const name = /^[A-Za-z_$][\w$]*/.exec(variable)?.[0];
  if (name === undefined) return null;
  const texts: string[] = [];
  for (let rest = variable.slice(name.length); rest !== ''; ) {
    const [whole, quoted, plain] = KEY.exec(rest) ?? [];
    if (whole === undefined) return null;
    texts.push(quoted === undefined ? (plain ?? '') : (JSON.parse(quoted) as string));
    rest = rest.slice(whole.length);
  }
  return { name, texts };
}
