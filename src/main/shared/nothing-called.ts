import { AppError } from './errors.ts';

/** For a text that stands for no address on a network: says what would, and which commands list it. */
export function nothingCalled(
  text: string,
  {
    network,
    field,
    code,
  }: { network: string; field: string; code: 'BAD_INPUT' | 'ACCOUNT_NOT_FOUND' },
): AppError {
  const accounts = `drydock account list ${network}`;
  const contracts = `drydock contract list --network ${network}`;
  return new AppError(
    code,
    `No account or contract "${text.slice(0, 80)}" is known on ${network}. Give an address, a label, the index of a development account, or the name of a contract: see "${accounts}" and "${contracts}".`,
    {
      field,
      fix: { label: 'List the accounts', command: accounts },
      otherFixes: [{ label: 'List the contracts', command: contracts }],
    },
  );
}
