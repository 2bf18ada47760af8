// The documentation for those who write it: `npm run docs` builds the pages, serves them, and builds
// and shows them again when a source of theirs changes.
import { existsSync, mkdtempSync, rmSync, symlinkSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './lib/child.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { inProject, launch, say } from './lib/project.mjs';
import { ensureRuntime } from './lib/runtime.mjs';

/** A change of the build itself needs a new start. */
const sources = [inProject('docs', 'guide'), inProject('build', 'lib', 'docs', 'page')];

/** @param {import('./lib/runtime.mjs').Runtime} runtime */
async function serve(runtime) {
  const { ensureBuilt } = await import('./lib/bundle.mjs');
  // The pages of commands and of the API are made from what the built program says.
  if (!existsSync(inProject('out', 'main', 'cli.js'))) await ensureBuilt(runtime);
  const { referenceOf, writeDocs } = await import('./lib/docs/build-docs.mjs');
  const reference = referenceOf(runtime, inProject('out'));
  const folder = mkdtempSync(join(tmpdir(), 'drydock-docs-'));
  symlinkSync(inProject('out', 'renderer', 'assets'), join(folder, 'assets'), 'junction');

  const build = () => writeDocs(reference, join(folder, 'docs'));
  build();

  const { createServer } = await import('vite');
  const server = await createServer({
    root: folder,
    configFile: false,
    appType: 'mpa',
    logLevel: 'warn',
    server: { host: '127.0.0.1', port: 4173, fs: { strict: false } },
  });
  await server.listen();
  process.stdout.write(`The documentation is at ${server.resolvedUrls?.local[0]}docs/index.html\n`);

  /** @type {NodeJS.Timeout | undefined} */
  let soon;
  const changed = () => {
    clearTimeout(soon);
    soon = setTimeout(() => {
      try {
        build();
        server.ws.send({ type: 'full-reload' });
      } catch (error) {
        say(error instanceof Error ? error.message : String(error));
      }
    }, 100);
  };
  const watchers = sources.map((source) => watch(source, { recursive: true }, changed));
  await new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve);
  });
  for (const watcher of watchers) watcher.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}

await launch(async () => {
  const runtime = await ensureRuntime();
  await ensureInstalled(runtime);
  if (runtime.node !== process.execPath) {
    return run(runtime.node, [process.argv[1] ?? ''], { env: runtime.env });
  }
  await serve(runtime);
  return 0;
});
