import { create } from 'zustand';
import { problemOf } from './problems/problem.ts';

interface TrustAsked {
  /** Id or name. */
  project: number | string;
  /** The action that continues once it is trusted, e.g. `deploy`; undefined: none. */
  then?: string;
  answer(trusted: boolean): void;
}

/** The open question, if any. */
export const useTrustAsked = create<{ asked: TrustAsked | null }>(() => ({ asked: null }));

/** Asks whether a project's code may be run. Resolves with the answer, once it is recorded. */
export function askForTrust(project: number | string, then?: string): Promise<boolean> {
  answerTrust(false);
  return new Promise((answer) => useTrustAsked.setState({ asked: { project, then, answer } }));
}

/** Closes the question. */
export function answerTrust(trusted: boolean): void {
  useTrustAsked.getState().asked?.answer(trusted);
  useTrustAsked.setState({ asked: null });
}

/**
 * Runs an action that runs a project's code; asks first where that isn't trusted yet. `undefined`
 * when the user declined. Rejects as the action does.
 *
 * @param what the action's name, e.g. `deploy`
 */
export async function asTrusted<T>(
  project: number | string,
  what: string,
  action: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    if (problemOf(error).code !== 'NOT_TRUSTED') throw error;
    return (await askForTrust(project, what)) ? action() : undefined;
  }
}
