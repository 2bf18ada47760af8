import { AppError } from '../../shared/errors.ts';
import type { UnreadFile } from '../../solidity/declared-contracts.ts';

/** How many are told of. */
const MOST_TOLD = 3;

/**
 * What is wanted may be in files that can't be read, so that nothing else is taken in its place.
 *
 * @param before what is missing, as sentences
 */
export function unreadSource(
  unread: readonly UnreadFile[],
  { before = '', after = '' }: { before?: string; after?: string } = {},
): AppError {
  const told = unread.slice(0, MOST_TOLD).map(({ file, problem }) => whole(file, problem));
  const more = unread.length - told.length;
  const sentences = [
    before,
    ...told,
    more > 0 ? `${more} more files can't be read.` : '',
    unread.some(({ file }) => file !== '.') ? 'Correct it, then deploy again.' : '',
    after,
  ];
  return new AppError('SOURCE_UNREADABLE', sentences.filter(Boolean).join(' '), {
    field: 'script',
  });
}

const whole = (file: string, problem: string): string =>
  file === '.' ? problem : `${file} can't be read. ${problem}`;
