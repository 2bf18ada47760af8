import { AppError } from '../../shared/errors.ts';
import { keysIn } from '../../shared/key-like.ts';

/**
 * Throws SECRET_ARGUMENT for arguments that may be a private key or a recovery phrase: forge takes
 * arguments only on its command line, which every user of the machine can read, and they are kept
 * in the history. The message contains none of them.
 */
export async function refuseSecretArguments(
  signature: string,
  args: readonly string[],
): Promise<void> {
  for (const [index, text] of args.entries()) {
    for (const found of keysIn(text)) {
      if (found.what === 'key') throw secretArgument(signature, index, 'a private key');
      if (await isPhrase(found.text)) throw secretArgument(signature, index, 'a recovery phrase');
    }
  }
}

/** At least twelve consecutive words are on the list; other words may surround them. */
async function isPhrase(text: string): Promise<boolean> {
  const { english } = await import('viem/accounts');
  const known = new Set(english);
  let inRow = 0;
  for (const word of text.split(/\s+/)) {
    inRow = known.has(word) ? inRow + 1 : 0;
    if (inRow === 12) return true;
  }
  return false;
}

const secretArgument = (signature: string, index: number, what: string): AppError =>
  new AppError(
    'SECRET_ARGUMENT',
    `Argument ${index + 1} of ${signature} looks like ${what}. Other users of this machine can read the arguments of a run, and its history keeps them. Put the value into the project's .env file and read it in the script, with vm.envUint("PRIVATE_KEY") or vm.envString; or let a keystore (account) or an account of the chain (from) sign. If it is no secret, such as a hash, say so: --not-secret, or "argsAreNoSecret": true.`,
    { field: 'args' },
  );
