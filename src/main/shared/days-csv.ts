import { csv } from './csv.ts';

interface Day {
  day: string;
  succeeded: number;
  failed: number;
  cancelled: number;
}

/** How runs ended, every day on a line of its own. */
export const daysCsv = ({ days }: { days: readonly Day[] }): string =>
  csv([
    ['day', 'succeeded', 'failed', 'cancelled'],
    ...days.map(({ day, succeeded, failed, cancelled }) => [day, succeeded, failed, cancelled]),
  ]);
