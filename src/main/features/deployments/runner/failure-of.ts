import type { OwnChoice } from '../../../engines/engines.ts';
import { AppError, type Fix, messageOf } from '../../../shared/errors.ts';
import { projectWord } from '../../../shared/project-word.ts';
import type { Failure } from '../../../shared/run.ts';

/** Turns what was thrown into the failure of a run. */
export function failureOf(
  error: unknown,
  project: { id: number; name: string; engine: OwnChoice },
  log: (error: unknown) => void,
): Failure {
  if (error instanceof AppError) {
    const { code, message, data } = error;
    const other = code === 'ENGINE_UNAVAILABLE' ? withoutDocker(project) : undefined;
    // A message for the current action is more specific.
    return { code, message, fix: data.fix?.call ? data.fix : (other ?? data.fix) };
  }
  log(error);
  return {
    code: 'INTERNAL',
    message: `Something went wrong inside Drydock: ${messageOf(error)}. The details are in its log file.`,
  };
}

/** Where the user chose Docker, nothing else is tried automatically; this offers it. */
function withoutDocker(project: { id: number; name: string; engine: OwnChoice }): Fix | undefined {
  const { id, name, engine } = project;
  if (engine !== 'docker') return undefined;
  return {
    label: `Run ${name} without Docker`,
    command: `drydock project engine ${projectWord(project)} process`,
    call: { procedure: 'projects.setEngine', input: { project: id, engine: 'process' } },
  };
}
