import { abiValueOf } from '../../shared/abi-value.ts';
import { AppError } from '../../shared/errors.ts';

/**
 * A whole number as typed: 12, 0x1f, 1e18, 1.5ether, 20 gwei. Throws BAD_INPUT for the field when it
 * is none, or beyond `most`.
 */
export function quantityOf(text: string, field: string, most: bigint): bigint {
  const read = abiValueOf('uint256', text);
  const value = read && 'value' in read && typeof read.value === 'bigint' ? read.value : null;
  if (value !== null && value <= most) return value;
  throw new AppError(
    'BAD_INPUT',
    `"${text.slice(0, 80)}" is no number from 0 to ${most}. Give one such as 12, 0x1f, 20gwei or 1.5ether.`,
    { field },
  );
}
