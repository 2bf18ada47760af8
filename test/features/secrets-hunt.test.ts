import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { generatePrivateKey } from 'viem/accounts';
import { expect, onTestFinished, test } from 'vitest';
import { openTestApp } from '#test/harness/app.ts';
import { openDoor } from '#test/harness/doors.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { SecretsHunt } from '#test/harness/secrets-hunt/hunt.ts';

const KEY = generatePrivateKey();
const PEM =
  '-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\nSSKQ2nZ3GxkT9dF7uQ5eYc\n-----END KEY-----';
const TOKEN = 'tok "quoted" & more';

/** Runs until it was seen. */
async function passing(
  hunt: SecretsHunt,
  args: string[],
  env: Record<string, string>,
): Promise<void> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', ...args], { env });
  await hunt.look();
  child.kill();
  await once(child, 'exit');
}

test('a hunt finds what is planted, in every place and writing', async () => {
  await using core = await openTestApp();
  await using project = await temporaryFolder();
  const { client } = await openDoor('in-process', core.app);
  const hunt = await SecretsHunt.begin(core);
  hunt.keep('key', KEY);
  hunt.keep('pem', PEM);
  hunt.keep('token', TOKEN, { env: /is-given-it/ });
  hunt.project(project.path);

  if (process.platform === 'linux') {
    await passing(hunt, [Buffer.from(TOKEN).toString('base64')], {});
    await passing(hunt, [], { AS_NUMBER: BigInt(KEY).toString() });
    await passing(hunt, ['is-given-it'], { TOKEN });
    const gone = path.join(os.tmpdir(), 'gone-soon');
    onTestFinished(() => rmSync(gone, { force: true }));
    writeFileSync(gone, Buffer.from(KEY.slice(2), 'hex'));
    await hunt.look();
    rmSync(gone);
  }
  writeFileSync(path.join(core.home, 'packed.gz'), gzipSync(PEM.split('\n')[2] ?? ''));
  writeFileSync(path.join(project.path, 'in-json'), JSON.stringify({ TOKEN }));
  await client.addressBook.set({ address: `0x${'11'.repeat(20)}`, label: KEY.slice(2, 40) });

  const shown = { 'what a page shows': [encodeURIComponent(TOKEN)] };
  const said = (await hunt.places(shown)).join('\n');
  const places = [
    ['line 2 of pem', 'packed.gz, unpacked'],
    ['the value, in JSON of token', 'in-json'],
    ['its first half of key', 'the database, '],
    ['the value, in a URL of token', 'what a page shows'],
    ...(process.platform === 'linux'
      ? [
          ['the value, in base64 of token', 'the args'],
          ['the key as a number of key', 'the env'],
          ['the bytes of the key of key', 'gone-soon'],
        ]
      : []),
  ];
  for (const [what, where] of places) {
    expect(said).toMatch(new RegExp(`${what} in [^\\n]*${where}`));
  }
  expect(said).not.toContain('is-given-it');
}, 60_000);

test('a hunt finds nothing where nothing is', async () => {
  await using core = await openTestApp();
  const hunt = await SecretsHunt.begin(core);
  hunt.keep('key', KEY);
  await passing(hunt, ['no secret'], { PLAIN: 'nor here' });
  await hunt.end();
}, 60_000);
