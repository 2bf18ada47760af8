import type { RedisConnection } from '../../db/redis.ts';
import type { Check } from '../doctor/contract.ts';

/** What the doctor says of a Redis that is wanted. */
export async function redisCheck(redis: RedisConnection): Promise<Check> {
  await redis.use((client) => client.ping());
  const { url, problem } = redis.state;
  const base = { id: 'redis', title: 'Redis' };
  if (!problem) return { ...base, status: 'ok', detail: `answers at ${url}`, remedy: null };
  const remedy = 'Start it, correct REDIS_URL, or unset it: Drydock needs none.';
  return { ...base, status: 'warning', detail: problem, remedy };
}
