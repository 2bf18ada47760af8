import type { TargetWords } from '../target.ts';

/** How the container engine describes what became of a run. */
export const runtimeWords: TargetWords = {
  nothing: 'not taken over',
  everything: 'taken over',
  left: (result) =>
    result === null
      ? 'It had not taken over: what served before it serves still. Deploy again.'
      : 'It had taken over, and serves.',
  brief: (result) => (result === null ? 'before it had taken over' : 'after it had taken over'),
  known: () => 'It had taken over.',
  look: () => 'look at its containers ("drydock container list")',
  completed: () => 'Docker responds again.',
};
