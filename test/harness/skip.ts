import { appendFileSync } from 'node:fs';

/**
 * Reports that a suite can't run here, and returns whether it must be skipped:
 *
 *     describe.skipIf(skipAloud('deployments in Docker', whyNoDocker()))('…', () => { … });
 *
 * @param suite what isn't tested then, as named in the summary of `npm test`
 * @param missing the real part that this machine lacks, as a sentence; null when nothing is missing
 */
export function skipAloud(suite: string, missing: string | null): boolean {
  if (missing === null) return false;
  const file = process.env.DRYDOCK_TEST_SKIPS;
  if (file) appendFileSync(file, `${JSON.stringify({ suite, reason: missing })}\n`);
  else process.stderr.write(`skipped: ${suite}: ${missing}\n`);
  return true;
}
