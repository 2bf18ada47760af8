import type { Destroys } from '../../ui/command-list.ts';

/** Asks before a chain goes back. @param where e.g. `to “before vault #3”` */
export const revertQuestion = (chain: string, where: string): Exclude<Destroys, string> => ({
  question: `Revert ${chain} ${where}?`,
  text: 'What was deployed and sent since then is gone from the chain. What it is now is kept as a snapshot first: it can be undone.',
  confirm: `Revert ${chain}`,
});
