import type { Fix } from '../../shared/errors.ts';
import type { NetworkName } from './chain-target.ts';

/** EIP-170. */
export const ETHEREUM_CODE_SIZE = 24_576;

/** How its account gets the ether that a run takes, as the beginning of a sentence. */
export const fundIt = ({ name, kind }: NetworkName): string =>
  kind === 'remote'
    ? 'Send some to the account'
    : `Fund the account ("drydock chain fund ${name} <address> <ether>")`;

/** A chain of Drydock's takes the contract then: the next power of two, as the next change would exceed an exact limit. */
export function allowLarger(bytes: number, { name, kind }: NetworkName): Fix | undefined {
  if (kind === 'remote') return undefined;
  const codeSizeLimit = 2 ** Math.ceil(Math.log2(bytes));
  return {
    label: `Restart ${name} with contracts up to ${codeSizeLimit / 1024} KB`,
    command: `drydock chain restart ${name} --code-size-limit ${codeSizeLimit}`,
    call: { procedure: 'chains.restart', input: { chain: name, codeSizeLimit } },
  };
}
