import type { Result } from './result.ts';

/** Whether nothing has come out of a run yet. */
export function isNothing(result: Result): boolean {
  switch (result.family) {
    case 'contracts':
      return result.transactions.length === 0;
    case 'services':
      return result.services.length === 0;
  }
}
