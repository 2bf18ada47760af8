import { abiValueOf } from '../shared/abi-value.ts';
import { AppError } from '../shared/errors.ts';

/** Wei of an amount as typed; 0 for none. Throws BAD_INPUT for its field. */
export function amountOf(text: string | undefined, field = 'value'): bigint {
  if (text === undefined) return 0n;
  const read = abiValueOf('uint256', text);
  if (read && 'value' in read && typeof read.value === 'bigint') return read.value;
  throw new AppError(
    'BAD_INPUT',
    `"${text.slice(0, 80)}" is no amount. Give wei, or an amount with its unit, as in 1.5ether or 20 gwei.`,
    { field },
  );
}
