import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isOfGone, ownMark } from '#main/lib/process-mark.ts';

/** The same for every test run on this machine, because they share its firewall. */
const HELD = '/tmp/drydock-test-firewall';

/**
 * Locks the machine's firewall: a starting Docker daemon clears the rules that keep the networks of
 * all others apart. One holder at a time; the lock of a killed holder is free.
 */
export async function holdFirewall(): Promise<AsyncDisposable> {
  if (process.platform !== 'linux') return { [Symbol.asyncDispose]: async () => undefined };
  while (!(await take())) await sleep(100);
  return { [Symbol.asyncDispose]: () => rm(HELD, { force: true }) };
}

async function take(): Promise<boolean> {
  const mark = await ownMark();
  const own = `${HELD}.${mark}`;
  await writeFile(own, mark);
  try {
    // The lock exists with its holder's mark, or not at all.
    await link(own, HELD);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(own);
  }
  const holder = await readFile(HELD, 'utf8').catch(() => undefined);
  if (holder !== undefined && (await isOfGone(holder))) await rm(HELD, { force: true });
  return false;
}
