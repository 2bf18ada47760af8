import { valid } from 'semver';
import type { Workspace } from '../../engines/engine.ts';
import { filesToRun, type ProjectFiles } from '../../lib/project-files.ts';
import {
  type JsCompiler,
  projectCompilers,
  shippedCompiler,
} from '../../solidity/compiler/js-compilers.ts';
import { type NativeCompiler, nativeCompilers } from '../../solidity/compiler/native-compilers.ts';
import { noCompiler } from './compiler-advice.ts';
import { compilersFor } from './compiler-set.ts';
import type { FoundryConfig } from './config.ts';
import { containerPlace } from './container-place.ts';
import { DOWNLOAD_URL, downloadHost } from './download-host.ts';
import type { ForgeCache } from './forge-cache.ts';
import { offlineHomes } from './offline-home.ts';
import { type Compiled, exactly, type Requirement, readRequirement } from './requirement.ts';

/** How forge gets its compiler in one run. */
export interface CompilerChoice {
  /** undefined: forge chooses. */
  version?: string;
  env: Record<string, string>;
  notes: string[];
}

export interface CompilerQuestion {
  folder: string;
  config: FoundryConfig;
  /** The script, relative. */
  file: string;
  /** forge's record of the last compile. */
  notes: ForgeCache | undefined;
  /** What compiled the script last time, if known. */
  before: Compiled | undefined;
  workspace: Workspace;
}

export interface CompilerStore {
  /** Throws TOOL_MISSING when nothing on this machine can compile the script. */
  choose(question: CompilerQuestion): Promise<CompilerChoice>;
  overview(): Promise<{ installed: string[]; shipped: string | null; online: boolean }>;
}

type Compiler = NativeCompiler | JsCompiler;

/** The compilers that forge finds where it runs, and how others are added there. */
export interface CompilerPlace {
  /** Newest first. */
  natives(): Promise<NativeCompiler[]>;
  /** Settings with which forge finds these compilers, and only these. */
  with(compilers: readonly Compiler[]): Promise<Record<string, string>>;
  /** Forge may download another compiler now. */
  forgetNatives(): void;
}

/** Only what forge does by default. */
const AS_USUAL: CompilerChoice = { env: {}, notes: [] };
/** Forge uses the newest installed compiler, instead of looking for the newest release. */
const INSTALLED = { FOUNDRY_OFFLINE: 'true' };

/**
 * Lets forge download native compilers as usual, and provides others only where it can't: the
 * installed ones, otherwise JavaScript builds, of the project or Drydock's own. Every file that
 * forge will compile gets one that fits, in the script or not.
 */
export function compilerStore(deps: { dataFolder: string; downloadUrl?: string }): CompilerStore {
  const reachable = downloadHost(deps.downloadUrl ?? DOWNLOAD_URL);
  const offlineHome = offlineHomes(deps.dataFolder);
  const inContainers = containerPlace(deps.dataFolder);
  const here: CompilerPlace = {
    natives: async () => nativeCompilers(),
    with: async (compilers) => ({ HOME: await offlineHome(compilers) }),
    forgetNatives: () => undefined,
  };

  async function choose(question: CompilerQuestion): Promise<CompilerChoice> {
    const { folder, workspace } = question;
    const place = workspace.engine === 'docker' ? inContainers(folder, workspace) : here;
    const choice = await chooseAt(question, place);
    if (choice.version === undefined) place.forgetNatives();
    return choice;
  }

  async function chooseAt(
    { folder, config, file, notes, before }: CompilerQuestion,
    place: CompilerPlace,
  ): Promise<CompilerChoice> {
    const pinned = config.solc === undefined ? undefined : valid(config.solc);
    // Anything else is a path, which forge handles.
    if (pinned === null) return AS_USUAL;
    const hasPinned = async () => (await place.natives()).some(({ version }) => version === pinned);
    if (pinned && (await hasPinned())) return { ...AS_USUAL, version: pinned };
    const files = filesToRun(folder);
    let read: Requirement | undefined;
    const requirement = async () =>
      (read ??= pinned ? exactly(pinned) : await readRequirement(files, config, file, notes));
    if (before) {
      const same = asBefore(before, await place.natives(), files, await requirement());
      if (same) return use(same, place, AS_BEFORE);
    }
    if (!config.offline && (await reachable())) return AS_USUAL;
    return withoutNetwork(files, await place.natives(), await requirement(), place);
  }

  /** The compiler of the last time, if it still fits: without contacting the download site. */
  function asBefore(
    before: Compiled,
    natives: readonly NativeCompiler[],
    files: ProjectFiles,
    requirement: Requirement,
  ): Compiler[] | undefined {
    const native = compilersFor(requirement, natives);
    if (native.unmet.length === 0) {
      return native.compilers[0]?.version === before.version ? native.compilers : undefined;
    }
    // A slow compiler is not kept for new code: a native one may be available by now.
    if (!before.unchanged) return undefined;
    const all = compilersFor(requirement, [...natives, ...jsCompilers(files)]);
    const isSame = all.unmet.length === 0 && all.compilers[0]?.version === before.version;
    return isSame ? all.compilers : undefined;
  }

  async function withoutNetwork(
    files: ProjectFiles,
    natives: readonly NativeCompiler[],
    requirement: Requirement,
    place: CompilerPlace,
  ): Promise<CompilerChoice> {
    const all = [...natives, ...jsCompilers(files)];
    const { compilers, unmet } = compilersFor(requirement, all);
    const [script] = requirement.units;
    // Where files are skipped, forge knows which; otherwise it reports what is missing.
    const blocking = skipsFiles(files) ? unmet.filter((unit) => unit === script) : unmet;
    if (blocking.length > 0) {
      throw noCompiler({
        unmet: blocking,
        script,
        available: all.map(asAvailable),
        newest: shippedCompiler()?.version,
        hasOwn: all.some(({ from }) => from === 'project'),
      });
    }
    return use(compilers, place, UNREACHABLE);
  }

  async function use(
    compilers: readonly Compiler[],
    place: CompilerPlace,
    why: { js: string; installed: string | null },
  ): Promise<CompilerChoice> {
    const version = compilers[0]?.version;
    const notes = compilers.flatMap(({ version, from }) => {
      if (from !== 'installed') {
        return `solc ${version} (JavaScript build ${origins[from]}): ${why.js}.`;
      }
      return why.installed === null ? [] : `solc ${version} (installed): ${why.installed}.`;
    });
    if (compilers.every(({ from }) => from === 'installed')) {
      return { version, env: INSTALLED, notes };
    }
    if (process.platform === 'win32' && place === here) return { env: {}, notes: [NOT_ON_WINDOWS] };
    return { version, env: { ...(await place.with(compilers)), ...INSTALLED }, notes };
  }

  return {
    choose,
    async overview() {
      return {
        installed: nativeCompilers().map(({ version }) => version),
        shipped: shippedCompiler()?.version ?? null,
        online: await reachable(),
      };
    },
  };
}

const AS_BEFORE = { js: 'as in the last run', installed: null };
const UNREACHABLE = {
  js: 'the native one could not be downloaded',
  installed: "the download site can't be reached",
};

const origins = { project: 'of the project', drydock: 'shipped with Drydock' } as const;

const NOT_ON_WINDOWS =
  'UNSUPPORTED: forge can not use the JavaScript build of solc on Windows. Go online once so that it can download a native one.';

function jsCompilers(files: ProjectFiles): JsCompiler[] {
  const shipped = shippedCompiler();
  return [...projectCompilers(files), ...(shipped ? [shipped] : [])];
}

function asAvailable({ version, from }: Compiler): string {
  if (from === 'installed') return `${version} (installed)`;
  return from === 'project'
    ? `${version} (npm package of the project)`
    : `${version} (JavaScript build shipped with Drydock)`;
}

const skipsFiles = (files: ProjectFiles): boolean =>
  /^[ \t]*skip[ \t]*=/m.test(files.textIfAny('foundry.toml') ?? '');
