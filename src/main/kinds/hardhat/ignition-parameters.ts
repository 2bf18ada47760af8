import { AppError } from '../../shared/errors.ts';

/** What Ignition reads: https://hardhat.org/ignition/docs/guides/deploy#defining-parameters-during-deployment */
export type IgnitionParameters = Record<string, Record<string, unknown>>;

const ASSIGNMENT = /^([A-Za-z_$][\w$]*)\.([A-Za-z_$][\w$]*)=(.*)$/s;
const BIG = /^-?\d+n$/;
/** Beyond it a number of JSON is not exact. */
const PLAIN_NUMBER = /^-?\d+$/;

/**
 * Parameters of modules, from `Module.name=value`. A value is JSON, whole numbers of any size, with
 * or without the `n` that Ignition marks large ones with, or text as it is.
 *
 * Throws BAD_ARGUMENT for one that is none, or that is given twice.
 */
export function ignitionParameters(given: readonly string[]): IgnitionParameters {
  const parameters: IgnitionParameters = {};
  for (const one of given) {
    const [, module, name, text] = ASSIGNMENT.exec(one) ?? [];
    if (module === undefined || name === undefined || text === undefined) {
      throw wrong(
        `"${one}" is no parameter of a module. Give Module.name=value, e.g. Token.supply=1000n.`,
      );
    }
    const known = Object.hasOwn(parameters, module) ? parameters[module] : undefined;
    const own = known ?? {};
    if (Object.hasOwn(own, name)) throw wrong(`${module}.${name} is given twice. Give it once.`);
    Object.defineProperty(own, name, { value: parameterValue(text.trim()), enumerable: true });
    if (!known) Object.defineProperty(parameters, module, { value: own, enumerable: true });
  }
  return parameters;
}

/** Ignition reads `"7n"` as a number of any size. */
function parameterValue(text: string): unknown {
  if (BIG.test(text)) return text;
  if (PLAIN_NUMBER.test(text)) return `${text}n`;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const wrong = (message: string) => new AppError('BAD_ARGUMENT', message, { field: 'params' });
