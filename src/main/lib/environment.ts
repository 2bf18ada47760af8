import { AppError } from '../shared/errors.ts';
import { secretsOf } from './secrets/secret-variables.ts';

const HOW = 'Give NAME=value, or NAME alone.';

/**
 * The variables in a request, as `NAME=value` or as `NAME`: lines of one text, or a list. Throws
 * BAD_ARGUMENT, and SECRET_ARGUMENT for a value that would be stored and looks like a secret.
 */
export function environmentOf(given: string[] | string | undefined): string[] {
  const lines = typeof given === 'string' ? given.split('\n') : (given ?? []);
  const entries = lines.map((line) => line.trimStart().replace(/\r$/, '')).filter(Boolean);
  const names = new Set<string>();
  for (const entry of entries) {
    const [name = ''] = entry.split('=', 1);
    if (!/^[A-Za-z_]\w*$/.test(name)) {
      throw wrong(`"${name.slice(0, 80)}" is no name of a variable. ${HOW}`);
    }
    if (names.has(name)) throw wrong(`${name} is given twice. Give it once.`);
    names.add(name);
    const value = entry.slice(name.length + 1);
    if (value.includes('\0')) throw wrong(`The value of ${name} can't be one of a variable.`);
    if (secretsOf([[name, value]]).length > 0) {
      throw new AppError(
        'SECRET_ARGUMENT',
        `The value of ${name} looks like a secret, and would be stored with the deployment. Give the name alone, and start Drydock with ${name} in its environment: it is then taken from there.`,
        { field: 'env' },
      );
    }
  }
  return entries;
}

/**
 * The variables with their values. A name without a value takes the value from Drydock's
 * environment. Throws BAD_ARGUMENT when it is not set there.
 *
 * @returns `secrets`: the values that were not given in the request
 */
export function variablesOf(
  env: readonly string[],
  own: NodeJS.ProcessEnv,
): { variables: Record<string, string>; secrets: string[] } {
  const variables: Record<string, string> = {};
  const secrets: string[] = [];
  for (const entry of env) {
    const at = entry.indexOf('=');
    if (at >= 0) {
      variables[entry.slice(0, at)] = entry.slice(at + 1);
      continue;
    }
    const value = own[entry];
    if (value === undefined) {
      throw wrong(
        `${entry} is neither kept for such runs nor in the environment that Drydock was started in. Keep it with "drydock env set", start Drydock with that variable, or give a value: ${entry}=value.`,
      );
    }
    variables[entry] = value;
    secrets.push(value);
  }
  return { variables, secrets };
}

const wrong = (message: string) => new AppError('BAD_ARGUMENT', message, { field: 'env' });
