import { fileURLToPath } from 'node:url';
import { keepCompiledCode } from './lib/code-cache.ts';
import { resolveHome } from './lib/data-home.ts';
import { searchPathOnly } from './lib/program-search.ts';
import { ensureRuntime } from './lib/runtime.ts';

searchPathOnly();
if (ensureRuntime()) {
  keepCompiledCode(resolveHome(), fileURLToPath(import.meta.url));
  const { main } = await import('./doors/cli/main.ts');
  const code = await main(process.argv.slice(2));
  // Written output may still be on its way into a pipe.
  process.stdout.write('', () => process.exit(code));
}
