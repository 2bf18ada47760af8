import { ensureRuntime } from './kit/runtime.ts';

if (ensureRuntime()) {
  const { main } = await import('./doors/cli/main.ts');
  const code = await main(process.argv.slice(2));
  // Written output may still be on its way into a pipe.
  process.stdout.write('', () => process.exit(code));
}
