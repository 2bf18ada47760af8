import { create } from 'zustand';

/** What is asked before something is taken away. */
export interface Question {
  title: string;
  text: string;
  /** What the button says that goes on. */
  confirm: string;
  act(): void;
}

export const useQuestion = create<{ asked: Question | null }>(() => ({ asked: null }));

export function ask(asked: Question): void {
  useQuestion.setState({ asked });
}

export function closeQuestion(): void {
  useQuestion.setState({ asked: null });
}
