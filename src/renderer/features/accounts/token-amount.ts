import { formatUnits } from 'viem';
import { count } from '../../ui/format.ts';

/** What is left of the digits behind the point. */
const DIGITS = 4;

/**
 * An amount of tokens for lists, with separators and at most four decimals: cut, not rounded, so that
 * a balance never looks larger.
 *
 * @param raw in the smallest unit
 */
export function tokenAmount(raw: string, decimals: number): string {
  const [whole = '0', fraction = ''] = formatUnits(BigInt(raw), decimals).split('.');
  const shown = fraction.slice(0, DIGITS).replace(/0+$/, '');
  if (whole === '0' && shown === '' && raw !== '0') return '< 0.0001';
  return `${count(whole)}${shown ? `.${shown}` : ''}`;
}
