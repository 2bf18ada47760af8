import type { RedisConnection } from '../../db/redis.ts';
import type { Finding } from '../../shared/check.ts';

/** The doctor's check of a configured Redis. */
export async function redisCheck(redis: RedisConnection): Promise<Finding> {
  await redis.use((client) => client.ping());
  const { url, problem } = redis.state;
  if (!problem) return { status: 'ok', detail: `answers at ${url}`, remedy: null };
  const remedy = 'Start it, correct REDIS_URL, or unset it: Drydock needs none.';
  return { status: 'warning', detail: problem, remedy };
}
