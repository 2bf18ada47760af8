import { AppError } from '../kit/errors.ts';
import type { DockerEngine } from './docker/docker-engine.ts';
import type { Engine, EngineName, Preparation, RunRef } from './engine.ts';

/** `auto`: Docker when a daemon of this machine answers, otherwise processes. */
export type EngineChoice = 'auto' | EngineName;

/** After a failed build, so long nobody is made to wait for another one that they didn't ask for. */
const FAILED_MS = 10 * 60_000;

/** What somebody has chosen for one chain or project; null: nothing. Goes before the settings. */
export type OwnChoice = EngineName | null;

/** Which engine does what. */
export interface Engines {
  readonly all: readonly Engine[];
  get(name: EngineName): Engine;
  /** The one that this was started with. */
  of(ref: RunRef): Engine;
  /**
   * The one for something new, ready to use: for a run of the project, without one for a chain.
   * What is chosen by hand rejects with ENGINE_UNAVAILABLE, IMAGE_BUILD_FAILED or
   * DOCKERFILE_UNUSABLE; the automatic choice goes without Docker then, and says so. Rejects with
   * the reason of the signal.
   */
  choose(
    preparation?: Preparation,
    own?: OwnChoice,
    project?: { id: number; path: string },
  ): Promise<Engine>;
  /** The one to take when this one can't do it; undefined when it was chosen by hand. */
  instead(of: Engine, own?: OwnChoice): Engine | undefined;
  /** `Engine.endOrphan`, by whichever engine it was. */
  endOrphan(orphan: { ref: RunRef | null; job: string }): Promise<void>;
  /** The one that `choose` would try first. */
  preferred(own?: OwnChoice): Promise<EngineName>;
}

export function engines(parts: {
  process: Engine;
  docker: DockerEngine;
  choice: () => EngineChoice;
}): Engines {
  const { process, docker } = parts;
  const choice = (own?: OwnChoice): EngineChoice => own ?? parts.choice();
  /** When the image of a project (0: of the chains) could not be had. */
  const failedAt = new Map<number, number>();

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
    async choose(preparation, own, project) {
      const wanted = await preferred(own);
      if (wanted === 'process') return process;
      const isAutomatic = choice(own) === 'auto';
      // Whoever gives a project an image of its own doesn't mean it to go without.
      const byHand = !isAutomatic || (project !== undefined && docker.hasOwnImage(project.id));
      const key = project?.id ?? 0;
      const failed = failedAt.get(key);
      if (!byHand && failed !== undefined && Date.now() - failed < FAILED_MS) return process;
      try {
        await docker.prepare(isAutomatic ? explaining(preparation) : preparation, project);
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

/** Says before the first other line why an image is made that nobody has asked for. */
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
