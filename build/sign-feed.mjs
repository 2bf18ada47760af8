// Signs the feeds of updates beside the installers: `node build/sign-feed.mjs [folder]`, dist/ unless
// given. The key is ed25519, PEM, in DRYDOCK_UPDATE_KEY; without it nothing is signed, and the app
// refuses what it finds. Needs Node 24.
import { createPrivateKey } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseUpdateInfo } from 'electron-updater/out/providers/Provider.js';
import { signatureOf } from '../src/main/doors/electron/signed-update.ts';
import { changes } from './lib/changes.mjs';
import { inProject, launch, say } from './lib/project.mjs';

await launch(async () => {
  const folder = process.argv[2] ?? inProject('dist');
  const { DRYDOCK_UPDATE_KEY: pem } = process.env;
  if (!pem) {
    say('Updates are not signed: DRYDOCK_UPDATE_KEY is not set.');
    return 0;
  }
  const key = createPrivateKey(pem);
  for (const name of readdirSync(folder).filter((file) =>
    /^(latest|beta)[\w-]*\.yml$/.test(file),
  )) {
    const file = join(folder, name);
    const own = readFileSync(file, 'utf8').replace(/^signature:.*\n?/m, '');
    const { version, releaseNotes } = parseUpdateInfo(own, name, pathToFileURL(file));
    // Where there are none, electron-updater takes those of GitHub, which nobody has signed.
    const notes = releaseNotes == null ? `releaseNotes: ${JSON.stringify(changes(version))}\n` : '';
    const lines = `${own.trimEnd()}\n${notes}`;
    const signature = signatureOf(parseUpdateInfo(lines, name, pathToFileURL(file)), key);
    writeFileSync(file, `${lines}signature: ${signature}\n`);
    say(`${name} is signed.`);
  }
  return 0;
});
