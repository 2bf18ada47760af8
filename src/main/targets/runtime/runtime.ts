import type { Engine } from '../../engines/engine.ts';
import type { Services } from '../../engines/services.ts';
import { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import type { Succession, Target, TargetProvider } from '../target.ts';
import { checkServices } from './check-services.ts';
import { Releases } from './releases.ts';
import { runtimeSuccession } from './succession.ts';
import { runtimeWords } from './words.ts';

/** The only target name of this type. */
export const RUNTIME = 'docker';

/** This machine's container engine, as a target of services. */
export interface RuntimeTarget extends Target {
  readonly type: 'runtime';
  readonly services: Services;
  readonly releases: Releases;
  /** Name of a release's image: different in each data folder. */
  imageTag(project: number, number: number): string;
}

export interface RuntimeDependencies {
  /** Identifies this data folder, as a word. */
  folderId: string;
  engine: Engine;
  services: Services;
}

export interface RuntimeProvider extends TargetProvider<null, RuntimeTarget> {
  readonly releases: Releases;
  readonly succession: Succession;
}

export function runtimeProvider({
  folderId,
  engine,
  services,
}: RuntimeDependencies): RuntimeProvider {
  const releases = new Releases(services);
  const check = (result: Result) => checkServices(services, result);
  /** Rejects with ENGINE_UNAVAILABLE and what helps. */
  const reached = () => services.list({ use: 'app', project: 0 });
  const responds = async (): Promise<boolean> => {
    try {
      await reached();
      return true;
    } catch {
      return false;
    }
  };

  return {
    type: 'runtime',
    words: runtimeWords,
    releases,
    succession: runtimeSuccession(services, releases),
    assertExists: mustBeRuntime,
    // Projects share nothing there, and the runs of one project are sequential anyway.
    locks: () => [],
    isOwn: () => true,

    async acquire({ name }, { signal }) {
      mustBeRuntime(name);
      signal.throwIfAborted();
      await reached();
      return {
        type: 'runtime',
        name,
        engine,
        services,
        releases,
        imageTag: (project, number) => `drydock/app-${folderId}-${project}:${number}`,
        prepared: Promise.resolve(),
        workspace: (project) => engine.workspace(project),
        watch: () => () => undefined,
        check,
        [Symbol.asyncDispose]: async () => undefined,
      };
    },

    async check(_, result) {
      try {
        return await check(result);
      } catch (error) {
        const gone = error instanceof AppError && error.code === 'ENGINE_UNAVAILABLE';
        if (!gone) throw error;
        return { result, live: null, open: 'unknown' };
      }
    },

    isThere: responds,
    responds,
    unprepare: async () => undefined,
    doubts: () => [],
  };
}

function mustBeRuntime(name: string): void {
  if (name === RUNTIME) return;
  throw new AppError(
    'NETWORK_NOT_FOUND',
    `"${name}" is no place for services: they run in containers of this machine. Leave the target out, or name it ${RUNTIME}.`,
    { field: 'target' },
  );
}
