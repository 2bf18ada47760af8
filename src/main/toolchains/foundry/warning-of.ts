const NO_CODE =
  /^Warning: Script contains a transaction to (0x[0-9a-fA-F]{40}) which does not contain any code/;

/** What a line of forge's tells that a person must not overlook, as sentences with what to do. */
export function warningOf(line: string): string | undefined {
  const to = NO_CODE.exec(line)?.[1];
  return (
    to &&
    `The script calls ${to}, where there is no contract on this network: the call does nothing. Deploy that contract first, or correct the address.`
  );
}
