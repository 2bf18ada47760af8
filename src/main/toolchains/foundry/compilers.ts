import { valid } from 'semver';
import type { Workspace } from '../../engines/engine.ts';
import { AppError } from '../../kit/errors.ts';
import type { FoundryConfig } from './config.ts';
import { containerPlace } from './container-place.ts';
import { DOWNLOAD_URL, downloadHost } from './download-host.ts';
import { type JsCompiler, projectCompilers, shippedCompiler } from './js-compilers.ts';
import { nativeCompilers } from './native-compilers.ts';
import { offlineHomes } from './offline-home.ts';
import { type Compiled, exactly, fits, type Requirement, readRequirement } from './requirement.ts';

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
  /** What compiled it the last time, if that is known. */
  before: Compiled | undefined;
  workspace: Workspace;
}

export interface CompilerStore {
  /** Throws TOOL_MISSING when nothing on this machine can compile the script. */
  choose(question: CompilerQuestion): Promise<CompilerChoice>;
  overview(): Promise<{ installed: string[]; shipped: string | null; online: boolean }>;
}

/** Where forge runs: which compilers it finds there, and how one more is put before it. */
export interface CompilerPlace {
  /** Versions of native compilers, newest first. */
  natives(): Promise<string[]>;
  /** What forge is run with to find this one, and only this one. */
  withJs(js: JsCompiler): Promise<Record<string, string>>;
  /** Forge may download another one now. */
  forgetNatives(): void;
}

/** Nothing but what forge does by itself. */
const AS_USUAL: CompilerChoice = { env: {}, notes: [] };
/** Forge takes the newest that is installed, instead of looking for the newest that there is. */
const INSTALLED = { FOUNDRY_OFFLINE: 'true' };

/**
 * Lets forge download native compilers as usual, and steps in only where it can't: with those that
 * are installed, else with a JavaScript build, of the project or our own.
 */
export function compilerStore(parts: { dataFolder: string; downloadUrl?: string }): CompilerStore {
  const reachable = downloadHost(parts.downloadUrl ?? DOWNLOAD_URL);
  const offlineHome = offlineHomes(parts.dataFolder);
  const inContainers = containerPlace(parts.dataFolder);
  const here: CompilerPlace = {
    natives: async () => nativeCompilers(),
    withJs: async (js) => ({ HOME: await offlineHome(js) }),
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
    question: CompilerQuestion,
    place: CompilerPlace,
  ): Promise<CompilerChoice> {
    const { folder, config, file } = question;
    if (config.solc !== undefined) {
      const version = valid(config.solc);
      // Anything else is a path, and forge's own business.
      if (!version) return AS_USUAL;
      if ((await place.natives()).includes(version)) return { ...AS_USUAL, version };
      const exact = exactly(version);
      const before = await asBefore(question, place, exact);
      if (before) return before;
      return (await canDownload(config)) ? AS_USUAL : withoutNetwork(folder, place, exact);
    }
    return (await asBefore(question, place)) ?? cold(folder, place, config, file);
  }

  /** What was used the last time, if it still is the right one: without any questions. */
  async function asBefore(
    { folder, config, file, before }: CompilerQuestion,
    place: CompilerPlace,
    exact?: Requirement,
  ): Promise<CompilerChoice | undefined> {
    if (!before) return undefined;
    const natives = await place.natives();
    const requirement =
      exact ??
      (before.unchanged ? before.requirement : await readRequirement(folder, config, file));
    const native = natives.find((version) => fits(version, requirement));
    if (native === before.version) return { version: native, env: INSTALLED, notes: [] };
    // A slow compiler is not kept for new code: a native one may be had by now.
    if (native || !before.unchanged) return undefined;
    const js = jsCompiler(folder, requirement);
    if (js?.version !== before.version) return undefined;
    return withJs(place, js, 'as in the last run');
  }

  async function cold(
    folder: string,
    place: CompilerPlace,
    config: FoundryConfig,
    file: string,
  ): Promise<CompilerChoice> {
    if (await canDownload(config)) return AS_USUAL;
    return withoutNetwork(folder, place, await readRequirement(folder, config, file));
  }

  async function withoutNetwork(
    folder: string,
    place: CompilerPlace,
    requirement: Requirement,
  ): Promise<CompilerChoice> {
    const native = (await place.natives()).find((version) => fits(version, requirement));
    if (native) {
      return {
        version: native,
        env: INSTALLED,
        notes: [`solc ${native} (installed): the download site can't be reached.`],
      };
    }
    const js = jsCompiler(folder, requirement);
    if (!js) throw await missing(folder, place, requirement);
    return withJs(place, js, 'the native one could not be downloaded');
  }

  async function withJs(
    place: CompilerPlace,
    js: JsCompiler,
    why: string,
  ): Promise<CompilerChoice> {
    if (process.platform === 'win32' && place === here) {
      return {
        env: {},
        notes: [
          'UNSUPPORTED: forge can not use the JavaScript build of solc on Windows. Go online once so that it can download a native one.',
        ],
      };
    }
    const origin = js.from === 'project' ? 'of the project' : 'shipped with Drydock';
    return {
      version: js.version,
      env: { ...(await place.withJs(js)), ...INSTALLED },
      notes: [`solc ${js.version} (JavaScript build ${origin}): ${why}.`],
    };
  }

  const canDownload = async (config: FoundryConfig): Promise<boolean> =>
    !config.offline && (await reachable());

  return {
    choose,
    async overview() {
      return {
        installed: nativeCompilers(),
        shipped: shippedCompiler()?.version ?? null,
        online: await reachable(),
      };
    },
  };
}

function jsCompiler(folder: string, requirement: Requirement): JsCompiler | undefined {
  const own = projectCompilers(folder).find(({ version }) => fits(version, requirement));
  if (own) return own;
  const shipped = shippedCompiler();
  return shipped && fits(shipped.version, requirement) ? shipped : undefined;
}

async function missing(
  folder: string,
  place: CompilerPlace,
  requirement: Requirement,
): Promise<AppError> {
  const exact = /(\d+\.\d+\.\d+)/.exec(requirement.text)?.[1] ?? '<version>';
  const natives = await place.natives();
  const own = projectCompilers(folder);
  const shipped = shippedCompiler();
  const here = [
    ...natives.map((version) => `${version} (installed)`),
    ...own.map(({ version }) => `${version} (npm package of the project)`),
    ...(shipped ? [`${shipped.version} (JavaScript build shipped with Drydock)`] : []),
  ];
  return new AppError(
    'TOOL_MISSING',
    `The script needs Solidity ${requirement.text}, the download site can't be reached, and there is only ${here.join(', ') || 'no compiler at all'}. Go online, or install the JavaScript build in the project: npm i -D solc@${exact}`,
    { fix: { label: 'Install it in the project', command: `npm i -D solc@${exact}` } },
  );
}
