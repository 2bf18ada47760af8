import { AppError } from '../shared/errors.ts';
import type { DockerEngine } from './docker/docker-engine.ts';
import type { Engine, EngineName, Needs, Preparation, RunRef, WorkspaceProject } from './engine.ts';

/** `auto`: Docker when a daemon of this machine responds, otherwise processes. */
export type EngineChoice = 'auto' | EngineName;

/** After a failed build, the automatic choice doesn't wait for another build for this long. */
const FAILED_MS = 10 * 60_000;

/** The user's choice for one chain or project; null: none. Takes precedence over the settings. */
export type OwnChoice = EngineName | null;

/** Chooses the engine for each task. */
export interface Engines {
  readonly all: readonly Engine[];
  get(name: EngineName): Engine;
  /** The engine that started this. */
  of(ref: RunRef): Engine;
  /**
   * The engine for something new, ready to use. Rejects with ENGINE_UNAVAILABLE, IMAGE_BUILD_FAILED
   * or DOCKERFILE_UNUSABLE when the user chose it; the automatic choice falls back to processes,
   * and says so. Rejects with the reason of the signal.
   */
  choose(
    preparation: Preparation | undefined,
    own: OwnChoice | undefined,
    needs: Needs,
  ): Promise<Engine>;
  /** The engine to use when this one can't do it; undefined when the user chose this one. */
  instead(of: Engine, own?: OwnChoice): Engine | undefined;
  /** `Engine.endOrphan`, for any engine. */
  endOrphan(orphan: { ref: RunRef | null; job: string }): Promise<void>;
  /** The engine that `choose` would try first. */
  preferred(own?: OwnChoice): Promise<EngineName>;
}

export function engines(deps: {
  process: Engine;
  docker: DockerEngine;
  choice: () => EngineChoice;
}): Engines {
  const { process, docker } = deps;
  const choice = (own?: OwnChoice): EngineChoice => own ?? deps.choice();
  /** When the image of a project or a tool was last unavailable. */
  const failedAt = new Map<string, number>();

  async function preferred(own?: OwnChoice): Promise<EngineName> {
    const chosen = choice(own);
    if (chosen !== 'auto') return chosen;
    return (await docker.isUsable()) ? 'docker' : 'process';
  }

  return {
    all: [process, docker],
    get: (name) => (name === 'docker' ? docker : process),
    of: (ref) => ('container' in ref ? docker : process),
    preferred,
    instead: (of, own) => (of === docker && choice(own) === 'auto' ? process : undefined),
    endOrphan: (orphan) => endOrphan([process, docker], orphan),
    async choose(preparation, own, needs) {
      const wanted = await preferred(own);
      if (wanted === 'process') return process;
      const isAutomatic = choice(own) === 'auto';
      // A project with its own image is meant to run in it, so there is no fallback.
      const byHand = !isAutomatic || ('id' in needs && docker.hasOwnImage(needs.id));
      const key = 'id' in needs ? projectKey(needs) : needs.tool;
      const failed = failedAt.get(key);
      if (!byHand && failed !== undefined && Date.now() - failed < FAILED_MS) return process;
      try {
        await docker.prepare(isAutomatic ? explaining(preparation) : preparation, needs);
        return docker;
      } catch (error) {
        if (byHand || !(error instanceof AppError)) throw error;
        failedAt.set(key, Date.now());
        preparation?.note?.(`${error.message} Going on without Docker.`);
        return process;
      }
    },
  };
}

/** Another version is another image. */
const projectKey = ({ id, pins = [] }: WorkspaceProject): string =>
  [id, ...pins.map(({ version }) => version)].join(' ');

/**
 * Explains, before the first line of output, why an image that the user didn't request is built.
 */
function explaining(preparation: Preparation | undefined): Preparation | undefined {
  const note = preparation?.note;
  if (!note) return preparation;
  let said = false;
  return {
    ...preparation,
    note(line) {
      if (!said) {
        note(
          'Docker answers on this machine, so this goes into a container, whose image is made first. "drydock settings set engine process" runs everything without Docker.',
        );
      }
      said = true;
      note(line);
    },
  };
}

async function endOrphan(
  all: readonly Engine[],
  orphan: { ref: RunRef | null; job: string },
): Promise<void> {
  for (const engine of all) await engine.endOrphan(orphan);
}

/** Always this one. */
export const only = (engine: Engine): Engines => ({
  all: [engine],
  get: () => engine,
  of: () => engine,
  preferred: async () => engine.name,
  instead: () => undefined,
  endOrphan: engine.endOrphan,
  choose: async () => engine,
});
