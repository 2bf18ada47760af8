/** A kind of file: where it lies, what it is for, and what it may import. The first match counts. */
export interface Place {
  /** Glob from the root. `{name}` stands for one folder, and for the same one in `imports`. */
  files: string;
  holds: string;
  /** Globs of our own files; a file may always import what lies in its own place. */
  imports: string[];
  /** Packages by name or scope, `node:` for Node itself. Absent: whatever package.json has. */
  packages?: string[];
  /** Packages that must not be there although others may. */
  without?: string[];
}

const kit = 'src/main/kit/*.ts';
const contracts = 'src/main/features/*/contract.ts';
const own = 'src/main/features/{name}/**';
const interfaces = [
  'src/main/engines/engine.ts',
  'src/main/engines/engines.ts',
  'src/main/engines/containers.ts',
  'src/main/engines/images.ts',
  'src/main/toolchains/toolchain.ts',
];
const theWire = ['@orpc', 'commander', 'electron'];

export const places: Place[] = [
  // Entries and the composition root.
  {
    files: 'src/main/index.ts',
    holds: 'the entry of the desktop app',
    imports: ['src/main/doors/electron/*.ts'],
    packages: ['electron'],
  },
  {
    files: 'src/main/cli.ts',
    holds: 'the entry of the command line',
    imports: ['src/main/kit/runtime.ts', 'src/main/doors/cli/*.ts'],
    packages: [],
  },
  {
    files: 'src/main/host.ts',
    holds: 'the entry of the loopback host',
    imports: ['src/main/kit/runtime.ts', 'src/main/doors/host/*.ts'],
    packages: [],
  },
  {
    files: 'src/main/app.ts',
    holds: 'the composition root',
    imports: [
      'src/main/router.ts',
      'src/main/features/*/**',
      'src/main/engines/**',
      'src/main/toolchains/**',
      'src/main/db/*.ts',
      kit,
    ],
    without: theWire,
  },
  {
    files: 'src/main/contract.ts',
    holds: 'every contract, joined',
    imports: [contracts],
    packages: [],
  },
  {
    files: 'src/main/router.ts',
    holds: 'every router, joined',
    imports: ['src/main/features/*/**', kit],
    packages: [],
  },

  // Doors: ways in. They know the app and what it speaks, and nothing behind it.
  {
    files: 'src/main/doors/electron/*.ts',
    holds: 'the desktop window',
    imports: ['src/main/app.ts', 'src/main/doors/host/*.ts', kit],
    without: ['commander'],
  },
  {
    files: 'src/main/doors/host/*.ts',
    holds: 'the loopback host: pages, WebSocket, HTTP',
    imports: ['src/main/app.ts', 'src/main/contract.ts', 'src/main/doors/host/simple/*.ts', kit],
    without: ['commander', 'electron'],
  },
  {
    files: 'src/main/doors/host/simple/*.ts',
    holds: 'the plain API at the root of the host: one request, one answer',
    imports: ['src/main/app.ts', 'src/main/contract.ts', contracts, kit],
    packages: ['@orpc', 'zod', 'node:'],
  },
  {
    files: 'src/main/doors/cli/*.ts',
    holds: 'the command line: reaching the app, printing, exit codes',
    imports: [
      'src/main/app.ts',
      'src/main/contract.ts',
      'src/main/doors/host/*.ts',
      'src/main/features/*/cli.ts',
      kit,
    ],
    without: ['electron'],
  },

  // Features.
  {
    files: 'src/main/features/{name}/contract.ts',
    holds: 'a feature: schemas, procedures, errors',
    imports: [contracts, 'src/main/kit/procedure.ts', 'src/main/kit/errors.ts'],
    packages: ['@orpc/contract', 'zod'],
  },
  {
    files: 'src/main/features/{name}/router.ts',
    holds: 'a feature: one line per procedure',
    imports: [own, kit],
    packages: ['@orpc/server'],
  },
  {
    files: 'src/main/features/{name}/*store.ts',
    holds: 'a feature: all of its SQL',
    imports: [own, contracts, 'src/main/engines/engine.ts', 'src/main/db/*.ts', kit],
    packages: ['better-sqlite3', 'node:'],
  },
  {
    files: 'src/main/features/{name}/cli.ts',
    holds: 'a feature: its commands and how they print',
    imports: [contracts, own, kit],
    without: ['@orpc/server', 'electron'],
  },
  {
    files: 'src/main/features/{name}/**/*.ts',
    holds: 'a feature: service.ts and the parts of its rules',
    imports: [own, contracts, ...interfaces, 'src/main/db/*.ts', kit],
    without: [...theWire, 'better-sqlite3'],
  },

  // What features stand on.
  {
    files: 'src/main/engines/*.ts',
    holds: 'the interface of the engines, and the choice between them',
    imports: ['src/main/engines/*/*.ts', kit],
    without: theWire,
  },
  {
    files: 'src/main/engines/{name}/*.ts',
    holds: 'one engine',
    imports: [
      'src/main/engines/engine.ts',
      'src/main/engines/containers.ts',
      'src/main/engines/images.ts',
      kit,
    ],
    without: theWire,
  },
  {
    files: 'src/main/toolchains/toolchain.ts',
    holds: 'the interface of the toolchains',
    imports: ['src/main/engines/engine.ts', contracts],
    packages: [],
  },
  {
    files: 'src/main/toolchains/{name}/*.ts',
    holds: 'one kind of project: detect, plan, read the result',
    imports: ['src/main/toolchains/toolchain.ts', 'src/main/engines/engine.ts', contracts, kit],
    without: theWire,
  },
  {
    files: 'src/main/db/*.ts',
    holds: 'the database: open, migrate, back up',
    imports: [kit],
    without: theWire,
  },
  {
    files: 'src/main/kit/*.ts',
    holds: 'helpers that know nothing of Drydock',
    imports: [],
    without: ['electron', 'better-sqlite3'],
  },

  // The window.
  {
    files: 'src/preload/index.ts',
    holds: 'hands one MessagePort across',
    imports: [],
    packages: ['electron'],
  },
  {
    files: 'src/renderer/main.tsx',
    holds: 'the entry of the page',
    imports: ['src/renderer/**'],
    without: ['electron', 'node:'],
  },
  {
    files: 'src/renderer/*.ts',
    holds: 'the connection to the core',
    imports: ['src/main/contract.ts'],
    without: ['electron', 'node:'],
  },
  {
    files: 'src/renderer/ui/**/*.{ts,tsx,css}',
    holds: 'design tokens, buttons, tables, terminal; knows no feature',
    imports: [],
    without: ['electron', 'node:', '@orpc', '@tanstack/react-query'],
  },
  {
    files: 'src/renderer/features/{name}/**/*.{ts,tsx}',
    holds: 'pages, parts and hooks of a feature, under its name in src/main/features',
    imports: [
      'src/renderer/features/*/**',
      'src/renderer/*.ts',
      'src/renderer/ui/**',
      contracts,
      'src/main/kit/errors.ts',
    ],
    without: ['electron', 'node:'],
  },
  {
    files: 'src/renderer/app/*.{ts,tsx}',
    holds: 'routes, layout, command palette',
    imports: [
      'src/renderer/features/*/**',
      'src/renderer/*.ts',
      'src/renderer/ui/**',
      contracts,
      'src/main/kit/errors.ts',
    ],
    without: ['electron', 'node:'],
  },
];

/** What may lie at the root, besides dot files and what git ignores. */
export const topLevel = [
  'AGENTS.md',
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'biome.json',
  'build',
  'docs',
  'electron.vite.config.ts',
  'knip.json',
  'package-lock.json',
  'package.json',
  'resources',
  'src',
  'test',
  'tsconfig.json',
  'vitest.config.ts',
];
