import { asSentence } from '../../shared/as-sentence.ts';
/** A shape of a failure: its mark in the output, and what it means. */
export interface FailureShape {
  mark: RegExp;
  code: string;
  /** What is pointed at, where the mark itself says less: the first line of this shape. */
  shows?: RegExp;
  /**
   * A cause, and what to do.
   *
   * @param found of the mark
   * @param shown of `shows`, if there is such a line
   */
  message(found: RegExpExecArray, shown: RegExpExecArray | null): string;
}

/**
 * As Hardhat 2 (`HH…`, `IGN…`) and 3 (`HHE…`), Ignition, hardhat-deploy, Node and nodes write them.
 * The more exact come before the more general.
 */
export const FAILURE_SHAPES: readonly FailureShape[] = [
  {
    mark: /\b(?:HH50[0-4]|HHE90[3-6])\b: (.*)/,
    code: 'COMPILER_UNAVAILABLE',
    message: ([, why]) =>
      `Hardhat could not get the compiler: ${sentence(why)} Go online once, so that it can fetch it; then it works without a network. Or take a version in hardhat.config that is there.`,
  },
  {
    mark: /\b(?:HH606|HHE909)\b/,
    code: 'COMPILER_MISMATCH',
    message: () =>
      'No compiler that the configuration names fits the sources. Add the version that they ask for to "solidity" in hardhat.config.',
  },
  {
    mark: /\bHH411\b: The library (\S+), imported from/,
    code: 'LIBRARIES_MISSING',
    message: ([, name]) => packageMissing(name),
  },
  {
    mark: /^The package "([^"]+)" is not installed/,
    code: 'LIBRARIES_MISSING',
    message: ([, name]) => packageMissing(name),
  },
  {
    mark: /\b(?:HH40[1-9]|HH41\d|HHE90[0-2])\b: (.*)/,
    code: 'IMPORT_NOT_FOUND',
    message: ([, why]) => `A source can not be found: ${sentence(why)} Correct the import.`,
  },
  {
    mark: /\b(?:HH600|HHE910)\b: Compilation failed/,
    code: 'COMPILE_FAILED',
    shows: /^\w*Error: (.*)/,
    message: (_, shown) =>
      `The project does not compile${shown ? `: ${sentence(shown[1])}` : '.'} Correct the source; the lines of the compiler say where.`,
  },
  {
    mark: /\b(?:HH8|HHE15|HHE21)\b: /,
    code: 'CONFIG_INVALID',
    shows: /^\s+\* (.*)/,
    message: (_, shown) =>
      `hardhat.config is not valid${shown ? `: ${sentence(shown[1])}` : '.'} Correct it, then deploy again.`,
  },
  {
    mark: /Hardhat only supports ESM projects|\bHH19\b/,
    code: 'CONFIG_INVALID',
    message: () =>
      'Hardhat 3 needs "type": "module" in package.json, and Hardhat 2 a configuration that ends with .cjs where it stands there. Correct that, then deploy again.',
  },
  {
    mark: /\b(?:HH1201|HHE7)\b: .*?[cC]onfiguration [vV]ariable ['"]([^'"]+)/,
    code: 'VARIABLE_MISSING',
    message: ([, name = '']) =>
      `The configuration needs the variable ${name}, which is not set. Set it with "npx hardhat vars set ${name}" for Hardhat 2, or "npx hardhat keystore set ${name}" or --env ${name} for Hardhat 3.`,
  },
  {
    mark: /\b(?:HHE10115|HH601|HHE600)\b|Could not find a module file at the path/,
    code: 'SCRIPT_NOT_FOUND',
    message: () =>
      'What was to be deployed is not there any more. Choose another module or script.',
  },
  {
    mark: /\bHHE705\b: (.*)/,
    code: 'BAD_ARGUMENT',
    message: ([, why]) =>
      `The script asks for a network by name: ${sentence(why)} Let it connect without a name, so that it takes that of the run.`,
  },
  {
    mark: /\b(?:IGN|HHE10)72[56]: (.*)/,
    code: 'BAD_ARGUMENT',
    message: ([, why]) => `${sentence(why)} Give it with --param Module.name=value.`,
  },
  {
    mark: /\b(?:IGN|HHE10)7\d\d: (.*)/,
    code: 'BAD_ARGUMENT',
    message: ([, why]) => `The module can not be deployed: ${sentence(why)} Correct the module.`,
  },
  {
    mark: /(?:TypeError: )(invalid .*?) \(argument=.*code=INVALID_ARGUMENT/,
    code: 'BAD_ARGUMENT',
    message: ([, why]) =>
      `An argument of a contract has another type than it is to have: ${sentence(why)} Correct it in the module or script, or where it is a parameter, give another value.`,
  },
  {
    mark: /\b(?:HH70[01]|HHE100[01])\b: (.*)/,
    code: 'CONTRACT_NOT_FOUND',
    message: ([, why]) => `${sentence(why)} Correct its name in the module or script.`,
  },
  {
    mark: /\] reconciliation failed/,
    code: 'RECONCILIATION_FAILED',
    message: () =>
      'The module was changed after parts of it were deployed there, in a way that Ignition can not continue. Revert the chain to before that deployment, or undo the change.',
  },
  {
    mark: /Simulating the transaction failed with error:? ?(.*)/,
    code: 'TRANSACTION_REVERTED',
    message: ([, why]) => reverted(why),
  },
  {
    mark: /\b(?:execution reverted|transaction execution reverted)\b(?:: ([^("]+))?/,
    code: 'TRANSACTION_REVERTED',
    message: ([, why]) => reverted(why),
  },
  {
    mark: /Please wait until they get \d+ confirmations before running Hardhat Ignition again/,
    code: 'WAITING_FOR_CONFIRMATIONS',
    message: () =>
      'Ignition waits for confirmations of transactions that it did not send. Let some blocks pass (on a chain of Drydock\'s "drydock chain mine"), then deploy again.',
  },
  {
    mark: /Loading deployment in folder .* for a different chainId/,
    code: 'CHAIN_ID_MISMATCH',
    message: () =>
      'The records of hardhat-deploy in this project are of another chain. Move its folder below "deployments" away, or choose another name with --hardhat-network.',
  },
  {
    mark: /Cannot find (?:module|package) '((?:[./]|[A-Za-z]:\\)[^']*)'/,
    code: 'FILE_MISSING',
    message: ([, name]) =>
      `Code loads the file ${name}, which is not there. Correct its name; if a step of the project makes it, e.g. "npx hardhat compile", do that first.`,
  },
  {
    mark: /Cannot find (?:module|package) '([^']+)'/,
    code: 'PACKAGE_MISSING',
    message: ([, name]) => packageMissing(name),
  },
  {
    mark: /\b(?:HH1|HHE3)\b: /,
    code: 'NOT_A_PROJECT',
    message: () =>
      'Hardhat finds no configuration in this folder. Choose the folder that holds hardhat.config.',
  },
];

const packageMissing = (name = '') =>
  `The package ${name} is not installed. Add it to package.json, install, then deploy again.`;

const reverted = (why = '') =>
  `A transaction was reverted${why.trim() === '' ? '.' : `: ${sentence(why)}`} Look at its arguments and the state that it met.`;

/** With a full stop, and no longer than can be read at a glance. */
export const sentence = (text = ''): string => asSentence(text.trim().slice(0, 300));
