import { AppError } from '../../shared/errors.ts';
import type { NetworkInput } from './contract.ts';

/** A network as it was saved before. */
interface Saved {
  url: string | null;
  headerNames: readonly string[];
}

/**
 * What becomes of the request headers of a network that is saved: names in lower case, null for those
 * that go. What was entered for one server reaches no other one. Throws BAD_INPUT.
 */
export function changedHeaders(
  { kind, url, headers = {} }: NetworkInput,
  saved: Saved | undefined,
): Map<string, string | null> {
  const given = Object.entries(headers).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  );
  if (kind !== 'fork' && given.some(([, value]) => value !== null)) {
    throw new AppError(
      'BAD_INPUT',
      'Only a fork has request headers. Leave them out, or save it as a fork.',
      { field: 'headers' },
    );
  }
  const isElsewhere = url !== undefined && originOf(url) !== originOf(saved?.url ?? null);
  const dropped = kind !== 'fork' || isElsewhere ? (saved?.headerNames ?? []) : [];
  return new Map([...dropped.map((name) => [name, null] as const), ...given]);
}

const originOf = (url: string | null): string | undefined => URL.parse(url ?? '')?.origin;
