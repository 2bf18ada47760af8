import type { DiffSide } from '../contract.ts';
import type { NamedAccount } from '../naming/named-account.ts';

/**
 * The difference as a document, an account a line. Setting each `after` of an account's balance,
 * nonce, code and slots on the earlier state makes it the later one.
 */
export function diffJson(
  named: readonly NamedAccount[],
  chain: string,
  sides: { before: DiffSide; after: DiffSide; left: number },
): string {
  const head = JSON.stringify({ chain, ...sides }).slice(0, -1);
  const accounts = named.map(({ change, contract, label, system, variables, problem }) => {
    const { address, balance, nonce, code, slots } = change;
    return JSON.stringify({
      ...{ address, contract, label, system, balance, nonce, code, slots, variables, problem },
    });
  });
  return `${head},"accounts":[\n${accounts.join(',\n')}\n]}\n`;
}
