// Prints what the changelog says of a version: `node build/release-notes.mjs <version or tag>`.
import { changes } from './lib/changes.mjs';
import { launch, SetupError } from './lib/project.mjs';

await launch(async () => {
  const [, , given] = process.argv;
  if (!given) throw new SetupError('Give a version, such as 1.2.0 or v1.2.0.');
  process.stdout.write(`${changes(given.replace(/^v/, ''))}\n`);
  return 0;
});
