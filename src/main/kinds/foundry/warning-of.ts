import { ADDRESS } from '../../shared/hex.ts';

export const NO_CODE = new RegExp(
  `^Warning: Script contains a transaction to (${ADDRESS}) which does not contain any code`,
);

/** Important messages in a line of forge, as sentences with what to do. */
export function warningOf(line: string): string | undefined {
  const to = NO_CODE.exec(line)?.[1];
  return (
    to &&
    `The script calls ${to}, where there is no contract on this network: the call does nothing. Deploy that contract first, or correct the address.`
  );
}
