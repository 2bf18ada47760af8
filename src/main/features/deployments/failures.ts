import { messageOf } from '../../shared/errors.ts';
import type { KindPhase } from '../../shared/kind.ts';
import { projectWord } from '../../shared/project-word.ts';
import type { Failure } from '../../shared/run.ts';

// Failures that neither a tool nor a target reports. Each says what happened and what helps.

export function engineGone(): Failure {
  return {
    code: 'ENGINE_UNAVAILABLE',
    message:
      'The Docker daemon went away in the middle of the run, and what ran in it may go on. What is known of it is recorded. Start Docker: Drydock then ends the rest of the run and completes the record. Deploy again only after that.',
    fix: { label: 'Run the doctor', command: 'drydock doctor' },
  };
}

/** Names what a time limit applies to: the run, or one of its phases by its label. */
export const limited = (what: string, phases: readonly KindPhase[]): string =>
  what === 'run' ? 'run' : `phase ${phases.find(({ id }) => id === what)?.label ?? what}`;

/**
 * @param what the limit, as its setting is called
 * @param called the same in words
 */
export function tookTooLong(
  what: string,
  called: string,
  limit: number,
  project: { id: number; name: string },
): Failure {
  return {
    code: 'TIMEOUT',
    message: `The ${called} was ended after ${limit} s, its time limit. Look at the last lines of the log for what it waited for; the limit is in the settings of ${project.name}.`,
    fix: {
      label: 'Allow twice the time',
      command: `drydock deployment limits ${projectWord(project)} --${what} ${limit * 2}`,
      call: {
        procedure: 'deployments.setLimits',
        input: { project: project.id, limits: { [what]: Math.min(limit * 2, 86_400) } },
      },
    },
  };
}

export function notRecorded(error: unknown): Failure {
  return {
    code: 'NOT_RECORDED',
    message: `The run could not be recorded: ${messageOf(error)}. Free some disk space, look at what it has done, and deploy again.`,
  };
}
