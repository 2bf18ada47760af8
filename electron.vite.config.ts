import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

/**
 * Absolute asset addresses: the window (`app://drydock/`) and the host both serve the renderer at
 * the root, and a page below it (`/projects/3`) can be loaded directly. electron-vite would set
 * `./`, which is only right for files.
 */
function servedFromRoot(): Plugin {
  return { name: 'drydock:served-from-root', enforce: 'post', config: () => ({ base: '/' }) };
}

/** Puts what the API reference page needs beside the main code, so that it works without a network. */
function apiReference(): Plugin {
  const from = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  const wanted = new Set(['swagger-ui-bundle.js', 'swagger-ui.css', 'LICENSE', 'NOTICE']);
  return {
    name: 'drydock:api-reference',
    apply: 'build',
    generateBundle() {
      for (const file of readdirSync(from).filter((name) => wanted.has(name))) {
        this.emitFile({
          type: 'asset',
          fileName: `reference/${file}`,
          source: readFileSync(join(from, file)),
        });
      }
    },
  };
}

/** What dockerode reads beside itself when it builds an image with BuildKit. */
function dockerSession(): Plugin {
  const from = createRequire(import.meta.url).resolve('dockerode/lib/proto/auth.proto');
  return {
    name: 'drydock:docker-session',
    apply: 'build',
    generateBundle() {
      this.emitFile({
        type: 'asset',
        fileName: 'chunks/proto/auth.proto',
        source: readFileSync(from),
      });
    },
  };
}

/**
 * Renames what a module has named like a CommonJS variable. electron-vite declares those again at
 * the top of the chunk, and a name can be declared only once.
 */
function ownNames(): Plugin {
  return {
    name: 'drydock:own-names',
    apply: 'build',
    transform: {
      filter: { code: /\b(?:const|let|var) (?:__dirname|__filename|require)\b/ },
      handler(code) {
        const declared = /\b(?:const|let|var) (__dirname|__filename|require)\b/g;
        const names = [...code.matchAll(declared)].map(([, name = '']) => name);
        return [...new Set(names)].reduce(
          (text, name) => text.replaceAll(name, `${name}Own`),
          code,
        );
      },
    },
  };
}

/**
 * Lists, beside a bundle, the packages that it contains something of: installers tell their licences.
 *
 * @param others packages whose files come into the bundle without being modules or assets of their own
 */
function listPackages(bundle: string, others: readonly string[] = []): Plugin {
  return {
    name: 'drydock:list-packages',
    apply: 'build',
    writeBundle({ dir = '' }, written) {
      const assets = Object.values(written).flatMap((file) =>
        file.type === 'asset' ? file.originalFileNames : [],
      );
      const packages = new Set(others.map((name) => `node_modules/${name}`));
      for (const id of [...this.getModuleIds(), ...assets]) {
        const folder = /\bnode_modules\/(.*\bnode_modules\/)?(@[^/]+\/)?[^/]+(?=\/)/.exec(
          id.split(sep).join('/'),
        )?.[0];
        if (folder) packages.add(folder);
      }
      const list = JSON.stringify([...packages].sort(), null, 2);
      writeFileSync(join(dir, '..', `packages-${bundle}.json`), `${list}\n`);
    },
  };
}

export default defineConfig({
  main: {
    plugins: [
      apiReference(),
      dockerSession(),
      ownNames(),
      listPackages('main', ['swagger-ui-dist']),
    ],
    build: {
      // The command line starts on any Node from 20 on, before it hands over to a newer one.
      target: 'node20',
      // Everything is bundled but `electron` and the natives, which are our only `dependencies`.
      externalizeDeps: true,
      rolldownOptions: {
        // Optional speed-ups of ssh2, which goes on without them: they would need a compiler.
        external: [/\.node$/],
        input: {
          index: 'src/main/index.ts',
          cli: 'src/main/cli.ts',
          host: 'src/main/host.ts',
          gateway: 'src/main/gateway.ts',
          'gateway-chain': 'src/main/gateway/chain-worker.ts',
          signer: 'src/main/signer.ts',
          'db-worker': 'src/main/db/worker.ts',
          'artifacts-reader': 'src/main/features/artifacts/reader-process.ts',
          'diff-worker': 'src/main/features/state-diff/session/diff-worker.ts',
          'scripts-worker': 'src/main/kinds/foundry/scripts-worker.ts',
          'contracts-worker': 'src/main/solidity/contracts-worker.ts',
          'variables-worker': 'src/main/solidity/variables-worker.ts',
        },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
          // Licences stay; documentation in code is for who reads the sources.
          comments: { legal: true, annotation: false, jsdoc: false },
          // What every process loads at its start comes in few files, with all that it imports: each
          // file more costs every command a third of a millisecond.
          codeSplitting: {
            groups: [
              // Runs before Node is told to keep compiled code; or all that the gateway shares with the
              // others, whose code each of its threads would load.
              {
                name: 'start',
                test: /src\/main\/(lib\/(code-cache|data-home|http|process-mark|processes\/[\w-]+|runtime|sha256|worker-file)|shared\/errors)\.ts$/,
                priority: 6,
              },
              // What the gateway's main thread shares with the core: zod, and what is read with it.
              {
                name: 'schemas',
                test: /src\/main\/(gateway\/control\/protocol|lib\/(despite-locks|fs-sync|secrets\/[\w-]+))\.ts$|node_modules\/write-file-atomic\//,
                priority: 5,
              },
              { name: 'database', test: /src\/main\/db\/open\.ts$/, priority: 4 },
              { name: 'contract', test: /src\/main\/shared\/procedure\.ts$/, priority: 3 },
              { name: 'core', test: /src\/main\/app\.ts$/, priority: 2 },
              { name: 'command', test: /src\/main\/doors\/cli\/main\.ts$/, priority: 1 },
            ],
          },
        },
      },
    },
  },
  preload: {
    plugins: [listPackages('preload')],
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'src/preload/index.ts' },
        // A sandboxed preload can't be a module.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react(), tailwindcss(), servedFromRoot(), listPackages('renderer', ['tailwindcss'])],
    build: {
      minify: true,
      // Loaded from this machine.
      chunkSizeWarningLimit: 5000,
      // Nothing as a data address: the pages' policy allows fonts from files only.
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: { index: join(import.meta.dirname, 'src/renderer/index.html') },
        output: {
          // Few files, as each one more costs every page several milliseconds: what the first page
          // needs, and what comes when it is asked for, or when there is nothing else to do.
          codeSplitting: {
            groups: [
              { name: 'start', tags: ['$initial'], priority: 3 },
              {
                name: 'parts',
                test: /src.(main|renderer.(app|core|ui(?!.terminal.(?!log-buffer|format-line|terminal-font))|families|features.deployments.log.(?!run-log)))|node_modules(?!.@xterm)/,
                priority: 2,
              },
              {
                name: 'terminal',
                test: /node_modules.@xterm|ui.terminal.(?!log-buffer|format-line|terminal-font)|(run-log|container-log|shell-view)\.tsx$/,
                priority: 1,
              },
              { name: 'pages', test: /renderer.features/ },
            ],
          },
        },
      },
    },
  },
});
