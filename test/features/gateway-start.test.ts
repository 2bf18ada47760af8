import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { GatewayProcess } from '#main/features/gateway/process.ts';
import { GatewayClient } from '#main/gateway/control/client.ts';
import { temporaryFolder } from '#test/harness/folder.ts';

/** What a core hears of a gateway that does this at its start. */
async function whyNot(program: string): Promise<string> {
  await using folder = await temporaryFolder();
  const home = folder.path;
  const entry = path.join(home, 'entry.mjs');
  await writeFile(entry, program);
  await mkdir(path.join(home, 'gateway'), { mode: 0o700 });
  await writeFile(path.join(home, 'gateway', 'gateway.log'), 'Error: of another day\n');
  const gateway = new GatewayProcess({
    ...{ home, entry, client: new GatewayClient(home), logger: pino({ level: 'silent' }) },
    replaced: () => undefined,
  });
  return await gateway.ensure().then(
    () => 'it runs',
    (error: Error) => error.message,
  );
}

test.runIf(process.platform !== 'win32')(
  'a gateway that is killed at its start is said to be, and no error of before is blamed',
  async () => {
    expect(await whyNot("process.kill(process.pid, 'SIGKILL')")).toMatch(
      /^The gateway can't be started: it was ended by SIGKILL from outside, [^:]+\.$/,
    );
  },
);

test('of one that fails at its start, its own error is told', async () => {
  expect(await whyNot("throw new Error('no luck')")).toBe(
    "The gateway can't be started: it ended with exit code 1: Error: no luck.",
  );
});
