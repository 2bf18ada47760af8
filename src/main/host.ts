import { ensureRuntime } from './kit/runtime.ts';

if (ensureRuntime()) {
  const { main } = await import('./doors/host/main.ts');
  await main(process.argv.slice(2));
}
