import { isDeepStrictEqual } from 'node:util';
import type { ServiceState, Services } from '../../engines/services.ts';
import type { RecordedRun, Succession } from '../target.ts';
import { checkServices } from './check-services.ts';
import { probe } from './probe.ts';
import type { Releases } from './releases.ts';

/** The time to respond for a release that has responded before, when it is started again. */
const RESPONDS_WITHIN_MS = 60_000;

/** Releases that replace one another: see `Succession`. */
export function runtimeSuccession(services: Services, releases: Releases): Succession {
  return {
    async bringBack({ result }) {
      if (result?.family !== 'services') return null;
      for (const { containerId } of result.services) {
        const state = await releases.startAgain(containerId);
        const port = state?.ports[0]?.host;
        if (port === undefined) return null;
        const probed = await probe({
          ...{ port, path: '/', timeoutMs: RESPONDS_WITHIN_MS },
          accepts: () => true,
          state: async () => (await services.state(containerId))?.state ?? null,
        });
        if (probed.ok) continue;
        await services.stop(containerId, 0);
        return null;
      }
      return checkServices(services, result);
    },

    end: ({ id }) => releases.stop(id),

    async follow(runs) {
      const byId = new Map(runs.map((run) => [run.id, run]));
      const busy = new Set(runs.filter((run) => run.isUnfinished).map(({ project }) => project));
      const states = (await releases.all()).filter(({ project }) => !busy.has(project ?? 0));
      const done: string[] = [];
      for (const project of new Set(states.map((state) => state.project ?? 0))) {
        const own = states.filter((state) => (state.project ?? 0) === project);
        for (const { state, keep } of decide(own, byId)) {
          if (keep && state.state !== 'running') continue;
          done.push(`The release ${state.container} was recorded to serve no more; it was ended.`);
          if (keep) await releases.stop(state.deployment ?? 0);
          else await releases.discard(state.deployment ?? 0);
        }
      }
      const live = runs.filter((run) => mayServe(run) && !busy.has(run.project));
      const changed = await Promise.all(
        live.map(async ({ id, isLive, result }) => ({
          id,
          isLive,
          result,
          checked: result && (await checkServices(services, result)),
        })),
      );
      return {
        done,
        changed: changed.flatMap(({ id, isLive, result, checked }) =>
          checked && (isLive === null || !isDeepStrictEqual(checked.result, result))
            ? [{ id, checked }]
            : [],
        ),
      };
    },
  };
}

/** Yes, unless it is known not to. */
const mayServe = (run: RecordedRun | undefined): boolean =>
  run !== undefined && run.isLive !== false;

/** A project's releases that should not run; the newest of them stays for a rollback. */
function decide(
  states: readonly ServiceState[],
  runs: ReadonlyMap<number, RecordedRun>,
): { state: ServiceState; keep: boolean }[] {
  const recorded = (state: ServiceState) => runs.get(state.deployment ?? 0);
  const idle = states
    .filter((state) => !mayServe(recorded(state)))
    .sort((a, b) => (b.deployment ?? 0) - (a.deployment ?? 0));
  // A release that never took over can't be rolled back to.
  const kept = idle.find((state) => (recorded(state)?.result ?? null) !== null);
  return idle.map((state) => ({ state, keep: state === kept }));
}
