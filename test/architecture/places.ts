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

const lib = ['src/main/lib/**/*.ts', 'src/main/eth/**/*.ts', 'src/main/shared/*.ts'];
const shared = 'src/main/shared/*.ts';
const contracts = ['src/main/features/*/contract.ts', 'src/main/features/*/contract/*.ts'];
const own = 'src/main/features/{name}/**';
const interfaces = [
  'src/main/engines/engine.ts',
  'src/main/engines/engines.ts',
  'src/main/engines/containers.ts',
  'src/main/engines/images.ts',
  'src/main/engines/services.ts',
  'src/main/engines/tools.ts',
  'src/main/engines/pins.ts',
  'src/main/kinds/kind.ts',
  'src/main/kinds/kinds.ts',
  'src/main/kinds/libraries.ts',
  'src/main/kinds/compile-cache.ts',
  'src/main/kinds/followed-run.ts',
  'src/main/kinds/asked-variables.ts',
  'src/main/targets/target.ts',
];
/** What stands above the families; a single one is reached through it alone. */
const families = 'src/main/families/*.ts';
const familyContracts = 'src/main/families/**/contract.ts';

/** What a command says of a result. */
const familyWords = ['src/main/families/contract.ts', 'src/main/families/texts.ts'];

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
    imports: ['src/main/lib/*.ts', 'src/main/doors/cli/*.ts'],
    packages: ['node:'],
  },
  {
    files: 'src/main/host.ts',
    holds: 'the entry of the loopback host',
    imports: ['src/main/lib/*.ts', 'src/main/doors/host/*.ts'],
    packages: ['node:'],
  },
  {
    files: 'src/main/gateway.ts',
    holds: 'the entry of the gateway process',
    imports: ['src/main/lib/*.ts', 'src/main/gateway/main.ts'],
    packages: ['node:'],
  },
  {
    files: 'src/main/app.ts',
    holds: 'opens the data folder and runs the list of features',
    imports: [
      'src/main/features/all.ts',
      'src/main/features/app/context.ts',
      'src/main/features/app/open-core.ts',
      'src/main/db/open.ts',
      ...lib,
    ],
    packages: ['pino'],
  },
  {
    files: 'src/main/without-core.ts',
    holds: 'what works on a data folder that is not open',
    imports: [
      'src/main/features/*/**',
      'src/main/engines/**',
      'src/main/kinds/**',
      'src/main/db/*.ts',
      ...lib,
    ],
    without: theWire,
  },
  {
    files: 'src/main/contract.ts',
    holds: 'every contract, joined',
    imports: contracts,
    packages: [],
  },

  // A process of its own between users' programs and the chains.
  {
    files: 'src/main/gateway/control/*.ts',
    holds: 'what the core and the gateway process say to one another',
    imports: [...lib],
    packages: ['node:', 'zod'],
  },
  {
    files: 'src/main/gateway/*.ts',
    holds: 'the gateway process',
    imports: ['src/main/gateway/control/*.ts', ...lib],
    packages: ['node:', 'viem', 'ws', 'write-file-atomic', 'zod'],
  },

  // A process that holds one key.
  {
    files: 'src/main/signer.ts',
    holds: 'the entry of the process that holds a key',
    imports: ['src/main/signer/main.ts'],
    packages: [],
  },
  {
    files: 'src/main/signer/control/*.ts',
    holds: 'what the core and the process that holds a key say to one another',
    imports: [],
    packages: ['zod'],
  },
  {
    files: 'src/main/signer/*.ts',
    holds: 'the process that holds a key',
    imports: ['src/main/signer/control/*.ts', shared],
    packages: ['node:', '@noble/ciphers', 'ox', 'viem', 'zod'],
  },

  // Doors: ways in. They know the app and what it speaks, and nothing behind it.
  {
    files: 'src/main/doors/electron/*.ts',
    holds: 'the desktop window',
    imports: [
      'src/main/app.ts',
      'src/main/contract.ts',
      ...contracts,
      'src/main/doors/host/*.ts',
      ...lib,
    ],
    without: ['commander'],
  },
  {
    files: 'src/main/doors/host/*.ts',
    holds: 'the loopback host: pages, WebSocket, HTTP',
    imports: ['src/main/app.ts', 'src/main/contract.ts', 'src/main/doors/host/legacy/*.ts', ...lib],
    without: ['commander', 'electron'],
  },
  {
    files: 'src/main/doors/host/legacy/*.ts',
    holds: 'the legacy REST API at the root of the host: one request, one response',
    imports: [
      'src/main/app.ts',
      'src/main/contract.ts',
      ...contracts,
      'src/main/kinds/infos.ts',
      ...lib,
    ],
    packages: ['@orpc', 'zod', 'node:'],
  },
  {
    files: 'src/main/doors/cli/*.ts',
    holds: 'the command line: reaching the app, printing, exit codes',
    imports: [
      'src/main/app.ts',
      'src/main/without-core.ts',
      'src/main/contract.ts',
      'src/main/doors/cli/completion/*.ts',
      'src/main/doors/host/*.ts',
      'src/main/features/*/cli.ts',
      'src/main/kinds/infos.ts',
      ...lib,
    ],
    without: ['electron'],
  },
  {
    files: 'src/main/doors/cli/completion/*.ts',
    holds: 'what shells complete of a command line',
    imports: [
      'src/main/doors/cli/connect.ts',
      'src/main/doors/cli/run-cli.ts',
      'src/main/doors/host/connect-to.ts',
      ...lib,
    ],
    packages: ['commander', 'node:'],
  },

  // Features.
  {
    files: 'src/main/features/all.ts',
    holds: 'the ordered list of features',
    imports: ['src/main/features/feature-list.ts', 'src/main/features/*/feature.ts'],
    packages: [],
  },
  {
    files: 'src/main/features/feature-list.ts',
    holds: 'runs the list of features',
    imports: ['src/main/features/feature.ts', ...contracts],
    packages: ['@orpc/server'],
  },
  {
    files: 'src/main/features/feature.ts',
    holds: 'what a feature is',
    imports: [
      'src/main/features/app/changes.ts',
      'src/main/engines/engines.ts',
      'src/main/kinds/kinds.ts',
      ...contracts,
      'src/main/db/*.ts',
      ...lib,
    ],
    packages: ['pino'],
  },
  {
    files: 'src/main/features/{name}/feature.ts',
    holds: 'a feature: what it needs, makes, listens to, starts and closes',
    imports: [
      'src/main/features/feature.ts',
      own,
      ...contracts,
      families,
      'src/main/engines/**',
      'src/main/kinds/**',
      'src/main/solidity/*.ts',
      'src/main/solidity/compiler/*.ts',
      'src/main/targets/**',
      'src/main/db/*.ts',
      ...lib,
    ],
    without: [...theWire, 'better-sqlite3'],
  },
  {
    files: 'src/main/features/engines/machine.ts',
    holds: 'what is needed of this machine',
    imports: [
      'src/main/engines/**',
      'src/main/kinds/specs.ts',
      'src/main/targets/specs.ts',
      shared,
    ],
    packages: [],
  },
  {
    files: 'src/main/features/artifacts/reader-process.ts',
    holds: 'the process that reads the build output of projects of all kinds',
    imports: [
      'src/main/features/artifacts/*.ts',
      'src/main/kinds/*.ts',
      'src/main/solidity/compiler/*.ts',
      ...lib,
    ],
    without: [...theWire, 'better-sqlite3'],
  },
  {
    files: 'src/main/features/{name}/contract.ts',
    holds: 'a feature: schemas, procedures, errors',
    imports: [...contracts, 'src/main/families/contract.ts', shared],
    packages: ['@orpc/contract', 'zod'],
  },
  {
    files: 'src/main/features/{name}/contract/*.ts',
    holds: 'a feature: the schemas of its contract, where they are many, by what they describe',
    imports: [...contracts, 'src/main/families/contract.ts', shared],
    packages: ['zod'],
  },
  {
    files: 'src/main/features/{name}/router.ts',
    holds: 'a feature: one line per procedure',
    imports: [own, ...lib],
    packages: ['@orpc/server'],
  },
  {
    files: 'src/main/features/{name}/*store.ts',
    holds: 'a feature: all of its SQL',
    imports: [
      own,
      ...contracts,
      'src/main/engines/engine.ts',
      'src/main/db/*.ts',
      families,
      ...lib,
    ],
    packages: ['better-sqlite3', 'node:'],
  },
  {
    files: 'src/main/features/{name}/cli.ts',
    holds: 'a feature: its commands and how they print',
    imports: [...contracts, own, ...familyWords, ...lib],
    without: ['@orpc/server', 'electron'],
  },
  {
    files: 'src/main/features/{name}/cli/*.ts',
    holds: 'a feature: parts of its commands',
    imports: [...contracts, own, ...familyWords, ...lib],
    without: ['@orpc/server', 'electron'],
  },
  {
    files: 'src/main/features/{name}/**/*.ts',
    holds: 'a feature: service.ts and the parts of its rules',
    imports: [
      'src/main/features/feature.ts',
      ...[own, ...contracts, ...interfaces, 'src/main/targets/**', families, 'src/main/db/*.ts'],
      'src/main/solidity/compiler/*.ts',
      'src/main/gateway/control/*.ts',
      'src/main/signer/control/*.ts',
      ...lib,
    ],
    without: [...theWire, 'better-sqlite3'],
  },

  // What features stand on.
  {
    files: 'src/main/engines/*.ts',
    holds: 'the interface of the engines, and the choice between them',
    imports: ['src/main/engines/*/*.ts', ...lib],
    without: theWire,
  },
  {
    files: 'src/main/engines/{name}/*.ts',
    holds: 'one engine',
    imports: [
      'src/main/engines/engine.ts',
      'src/main/engines/containers.ts',
      'src/main/engines/images.ts',
      'src/main/engines/services.ts',
      'src/main/engines/tools.ts',
      'src/main/engines/pins.ts',
      ...lib,
    ],
    without: theWire,
  },
  {
    files: 'src/main/kinds/specs.ts',
    holds: 'what kinds need on a machine and in images, without a kind being loaded',
    imports: ['src/main/kinds/*/*.ts', 'src/main/engines/*.ts', shared],
    packages: [],
  },
  {
    files: 'src/main/targets/specs.ts',
    holds: 'what targets need on a machine, without a target being loaded',
    imports: ['src/main/targets/*/*.ts', 'src/main/engines/*.ts', shared],
    packages: [],
  },
  {
    files: 'src/main/kinds/*.ts',
    holds: 'the interface of the kinds, and their lists',
    imports: [
      'src/main/kinds/*/*.ts',
      'src/main/targets/target.ts',
      'src/main/engines/engine.ts',
      'src/main/engines/tools.ts',
      'src/main/eth/artifact.ts',
      'src/main/solidity/compiler/compiled-from.ts',
      shared,
    ],
    packages: ['zod'],
  },
  {
    files: 'src/main/kinds/one-contract/*.ts',
    holds: 'what kinds share that can deploy a single contract without a script',
    imports: [
      'src/main/kinds/kind.ts',
      'src/main/targets/target.ts',
      'src/main/targets/*/*.ts',
      'src/main/solidity/*.ts',
      'src/main/solidity/compiler/*.ts',
      ...lib,
    ],
    without: theWire,
  },
  {
    files: 'src/main/kinds/reviewed/*.ts',
    holds: 'what was reviewed, sent without a tool, for kinds of all tools',
    imports: ['src/main/kinds/*.ts', 'src/main/targets/*/*.ts', ...lib],
    without: theWire,
  },
  {
    files: 'src/main/kinds/{name}/*.ts',
    holds: 'one kind of project: detect, run, read the result',
    imports: [
      'src/main/kinds/*.ts',
      'src/main/kinds/one-contract/*.ts',
      'src/main/kinds/reviewed/*.ts',
      'src/main/targets/target.ts',
      'src/main/targets/*/*.ts',
      'src/main/engines/*.ts',
      'src/main/solidity/*.ts',
      'src/main/solidity/compiler/*.ts',
      ...lib,
    ],
    without: theWire,
  },
  {
    files: 'src/main/families/**/contract.ts',
    holds: 'the schemas of a family, and those of all of them joined',
    imports: [shared],
    packages: ['zod'],
  },
  {
    files: 'src/main/families/*.ts',
    holds: 'the interface of the result families, and their lists',
    imports: ['src/main/families/*/*.ts', 'src/main/db/*.ts', shared],
    packages: [],
  },
  {
    files: 'src/main/families/{name}/**/*.ts',
    holds: 'one family of results: its tables, its diff, its exports, its words, its live check',
    imports: ['src/main/families/*.ts', 'src/main/db/*.ts', ...lib],
    without: theWire,
  },
  {
    files: 'src/main/targets/target.ts',
    holds: 'the interface of the targets',
    imports: ['src/main/engines/engine.ts', 'src/main/engines/engines.ts', shared],
    packages: [],
  },
  {
    files: 'src/main/targets/{name}/*.ts',
    holds: 'where a deployment goes: reached, held, watched, checked',
    imports: [
      'src/main/targets/{name}/live/*.ts',
      'src/main/targets/target.ts',
      'src/main/engines/*.ts',
      'src/main/signer/control/*.ts',
      ...lib,
    ],
    without: theWire,
  },
  {
    files: 'src/main/targets/{name}/live/*.ts',
    holds: 'how a run sends to what others see: signed, as it was reviewed',
    imports: [
      'src/main/targets/{name}/*.ts',
      'src/main/targets/target.ts',
      'src/main/engines/*.ts',
      'src/main/signer/control/*.ts',
      ...lib,
    ],
    without: theWire,
  },
  {
    files: 'src/main/db/*.ts',
    holds: 'the database: open, migrate, back up',
    imports: [...lib],
    without: theWire,
  },
  {
    files: 'src/main/solidity/*.ts',
    holds: 'what sources declare, read without a compiler, in threads of their own',
    imports: lib,
    without: theWire,
  },
  {
    files: 'src/main/solidity/compiler/*.ts',
    holds: 'compilers of this machine, and running them once more for what a build has not kept',
    imports: lib,
    without: theWire,
  },
  {
    files: 'src/main/eth/inside/*.ts',
    holds: 'what went on inside of a transaction: pure functions of ABIs and of what nodes say',
    imports: ['src/main/eth/*.ts', shared],
    packages: ['viem', 'zod'],
  },
  {
    files: 'src/main/eth/*.ts',
    holds: 'JSON-RPC client and chain helpers',
    imports: lib,
    without: ['electron', 'better-sqlite3'],
  },
  {
    files: 'src/main/lib/**/*.ts',
    holds: 'file system, locks, lines, durations: nothing of Drydock',
    imports: [shared],
    without: ['electron', 'better-sqlite3'],
  },
  {
    files: 'src/main/shared/*.ts',
    holds: 'what core, command line and window speak: pure, browser-safe',
    imports: [],
    packages: ['@orpc/contract', 'viem', 'zod'],
  },

  // The window.
  {
    files: 'src/preload/index.ts',
    holds: 'hands one MessagePort across, and dropped folders to the app',
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
    files: 'src/renderer/core/**/*.{ts,tsx}',
    holds: 'the connection to the core: client, queries, commands, problems, streams',
    imports: ['src/main/contract.ts', ...contracts, 'src/renderer/ui/**', shared],
    without: ['electron', 'node:'],
  },
  {
    files: 'src/renderer/ui/**/*.{ts,tsx,css}',
    holds: 'design tokens, buttons, tables, terminal; knows no feature',
    imports: ['src/main/shared/hex.ts'],
    without: ['electron', 'node:', '@orpc', '@tanstack/react-query'],
  },
  {
    files: 'src/renderer/families/*.ts',
    holds: 'the interface of the families of results, and their list',
    imports: ['src/renderer/families/*/family.tsx', ...contracts, familyContracts, shared],
    packages: ['react'],
  },
  {
    files: 'src/renderer/families/{name}/**/*.{ts,tsx}',
    holds: 'one family: what came out of a run, what is in place, differences, the target picker',
    imports: [
      'src/renderer/families/family.ts',
      'src/renderer/core/**',
      'src/renderer/ui/**',
      ...contracts,
      familyContracts,
      shared,
    ],
    without: ['electron', 'node:'],
  },
  {
    files: 'src/renderer/features/{name}/**/*.{ts,tsx}',
    holds: 'feature.tsx, and the pages and parts of a feature, under its name in src/main/features',
    imports: [
      'src/renderer/families/**',
      'src/renderer/core/**',
      'src/renderer/ui/**',
      ...contracts,
      shared,
    ],
    without: ['electron', 'node:'],
  },
  {
    files: 'src/renderer/app/**/*.{ts,tsx}',
    holds: 'the window: the ordered list of features, layout, sidebar, palette, keys, panels',
    imports: [
      'src/renderer/app/**',
      'src/renderer/features/*/**',
      'src/renderer/core/**',
      'src/renderer/ui/**',
      ...contracts,
      shared,
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
