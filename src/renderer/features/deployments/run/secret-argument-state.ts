import { create } from 'zustand';
import { problemOf } from '../../../core/problems/problem.ts';

interface Asked {
  /** The core's message about it. */
  message: string;
  answer(harmless: boolean): void;
}

/** The open question, if any. */
export const useSecretAsked = create<{ asked: Asked | null }>(() => ({ asked: null }));

function ask(message: string): Promise<boolean> {
  answerSecret(false);
  return new Promise((answer) => useSecretAsked.setState({ asked: { message, answer } }));
}

/** Closes the question. */
export function answerSecret(harmless: boolean): void {
  useSecretAsked.getState().asked?.answer(harmless);
  useSecretAsked.setState({ asked: null });
}

/**
 * Starts a run; asks first where an argument looks like a private key. `undefined` when it is one.
 * Rejects as the action does.
 */
export async function withoutSecrets<T>(
  action: (input: { argsAreNoSecret?: true }) => Promise<T>,
): Promise<T | undefined> {
  try {
    return await action({});
  } catch (error) {
    const { code, message } = problemOf(error);
    if (code !== 'SECRET_ARGUMENT') throw error;
    return (await ask(message)) ? action({ argsAreNoSecret: true }) : undefined;
  }
}
