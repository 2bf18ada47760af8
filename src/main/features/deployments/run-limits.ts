import { AppError } from '../../shared/errors.ts';
import type { DeploymentsContext } from './context.ts';
import type { Limits } from './contract.ts';

/** For a whole run, in seconds: enough for the largest projects. */
const WHOLE_RUN = 3600;

/** The time limits of a project's runs: those of its kind, overridden by its own. */
export function runLimits(context: DeploymentsContext) {
  const { deps, store } = context;

  function of(projectId: number): Limits {
    const { phases } = deps.kinds.info(deps.project(projectId).kind);
    const own = store.limits(projectId);
    const standard: Limits = { run: WHOLE_RUN };
    for (const { id, limit } of phases) standard[id] = limit;
    for (const name of Object.keys(standard)) {
      if (own[name] !== undefined) standard[name] = own[name];
    }
    return standard;
  }

  return {
    of,
    limits: (ref: number | string): Limits => of(deps.project(ref).id),
    /** Throws BAD_INPUT for an id that is not a phase of the project's kind. */
    setLimits(ref: number | string, changes: Limits): Limits {
      const { id } = deps.project(ref);
      const known = of(id);
      for (const name of Object.keys(changes)) {
        if (!(name in known)) throw unknownPhase(name, Object.keys(known));
      }
      store.putLimits(id, { ...store.limits(id), ...changes });
      return of(id);
    },
  };
}

const unknownPhase = (name: string, known: string[]): AppError =>
  new AppError('BAD_INPUT', `There is no phase ${name}. Give one of ${known.join(', ')}.`, {
    field: `limits.${name}`,
  });
