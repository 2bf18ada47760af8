import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { keepCompiledCode } from './lib/code-cache.ts';

// gateway.js <data folder>
const home = path.resolve(process.argv[2] ?? '');
const entry = fileURLToPath(import.meta.url);
keepCompiledCode(home, entry);
const { main } = await import('./gateway/main.ts');
process.on('uncaughtException', (error) => {
  // Its output is not read, so the reason goes into a file. The core starts another gateway.
  writeFileSync(path.join(home, 'gateway', 'crash.log'), `${error.stack}\n`, { mode: 0o600 });
  process.exit(1);
});
await main(home, entry);
process.exit();
