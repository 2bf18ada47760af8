import { z } from 'zod';
import { addressProblem } from './address-problem.ts';
import { ADDRESS, isAddressShaped } from './hex.ts';

/** For every address that comes in: in its checksum's case, in lower or in upper case. */
export const address = z
  .string()
  .regex(new RegExp(`^${ADDRESS}$`), 'give an address, 0x and 40 hex digits')
  .check(checked);

/** The same, or an account's index among those of a chain. */
export const accountOrAddress = z
  .string()
  .regex(new RegExp(`^(\\d{1,3}|${ADDRESS})$`), 'give an account index or an address')
  .check((context) => {
    if (context.value.startsWith('0x')) checked(context);
  });

/** What stands for an address on a network: one itself, a label, a contract's name, an account's index. */
export const addressOrName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .describe('address, label, name of a contract (also `project.Name`), or index of an account')
  .check(checked);

function checked({ value, issues }: z.core.ParsePayload<string>): void {
  const problem = isAddressShaped(value) ? addressProblem(value) : null;
  if (problem) issues.push({ code: 'custom', message: problem, input: value });
}
