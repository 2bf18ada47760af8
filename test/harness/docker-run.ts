import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const LONGEST_MS = 10 * 60_000;

/**
 * Does something once for all processes that share the folder, and returns the result to each of
 * them; a failure is a result, too.
 */
export async function once<T>(folder: string, name: string, work: () => Promise<T>): Promise<T> {
  const answer = path.join(folder, `${name}.json`);
  const isFirst = mkdirSync(path.join(folder, name), { recursive: true }) !== undefined;
  if (isFirst) {
    const result = await work().then(
      (value) => ({ value }),
      (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }),
    );
    writeFileSync(`${answer}.part`, JSON.stringify(result));
    renameSync(`${answer}.part`, answer);
  }
  for (const deadline = Date.now() + LONGEST_MS; Date.now() < deadline; await sleep(100)) {
    let text: string;
    try {
      text = readFileSync(answer, 'utf8');
    } catch {
      continue;
    }
    const result = JSON.parse(text) as { value: T } | { error: string };
    if ('error' in result) throw new Error(result.error);
    return result.value;
  }
  throw new Error(`nothing came of "${name}" within ${LONGEST_MS / 60_000} minutes`);
}
