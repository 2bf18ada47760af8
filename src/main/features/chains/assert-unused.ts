import { AppError } from '../../shared/errors.ts';

/** Throws CHAIN_BUSY while a deployment, of whichever core, goes to the chain. */
export function assertUnused(chain: string, userOf: (chain: string) => string | undefined): void {
  const user = userOf(chain);
  if (!user) return;
  throw new AppError(
    'CHAIN_BUSY',
    `${user} is running on ${chain}. Wait for its end or cancel it, then try again.`,
  );
}
