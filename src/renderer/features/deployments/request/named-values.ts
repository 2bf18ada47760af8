import type { Parameter } from '#main/shared/kind.ts';
import type { ShownInput } from './shown-inputs.ts';

/** Values by name, each a line such as `name=value`, in the order in which they were entered. */
type Lines = readonly string[];

export const linesIn = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' ? value.split('\n') : [];
};

const nameIn = (line: string): string => line.split('=', 1)[0]?.trim() ?? '';
const names = (parameters: readonly Parameter[]) => new Set(parameters.map(({ name }) => name));

/** What is given for a parameter; empty: nothing, so that its default is taken. */
export function namedValue(lines: Lines, name: string): string {
  const line = lines.find((one) => one.includes('=') && nameIn(one) === name);
  return line?.slice(line.indexOf('=') + 1) ?? '';
}

/** The lines with another value for a parameter; an empty one takes its line away. */
export function withNamedValue(lines: Lines, name: string, text: string): string[] {
  const at = lines.findIndex((one) => one.includes('=') && nameIn(one) === name);
  const line = `${name}=${text}`;
  if (text === '') return lines.filter((_, index) => index !== at);
  return at === -1 ? [...lines, line] : lines.with(at, line);
}

/** What is given beside these parameters, as it is typed. */
export function otherLines(lines: Lines, parameters: readonly Parameter[]): string[] {
  const known = names(parameters);
  return lines.filter((one) => !(one.includes('=') && known.has(nameIn(one))));
}

export function withOtherLines(
  lines: Lines,
  parameters: readonly Parameter[],
  text: string,
): string[] {
  const others = new Set(otherLines(lines, parameters));
  const own = lines.filter((one) => !others.has(one));
  return text === '' ? own : [...own, ...text.split('\n')];
}

/** The first parameter that has no default and is not given. */
export function missingParameter({
  call,
  value,
}: Pick<ShownInput, 'call' | 'value'>): { message: string; argument: number } | null {
  const lines = linesIn(value);
  const argument = (call?.parameters ?? []).findIndex(
    ({ name, default: usual }) => usual === undefined && namedValue(lines, name).trim() === '',
  );
  const missing = call?.parameters[argument];
  return missing ? { message: `Fill in ${missing.name}.`, argument } : null;
}
