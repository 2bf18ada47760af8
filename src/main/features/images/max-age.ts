import type { Logger } from 'pino';
import { parseDuration } from '../../lib/parse-duration.ts';

const DAY_MS = 86_400_000;

/** CONTAINER_CACHE_MAX_AGE in ms: seconds, or a duration such as `24h`; 24 hours by default. */
export function maxAgeMs(text: string | undefined, logger: Logger): number {
  if (!text) return DAY_MS;
  const seconds = parseDuration(text);
  if (seconds !== undefined) return seconds * 1000;
  logger.warn({ text }, 'CONTAINER_CACHE_MAX_AGE is neither seconds nor a span such as 24h');
  return DAY_MS;
}
