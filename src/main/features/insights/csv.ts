import { csv } from '../../shared/csv.ts';
import type { RunsInsight } from './contract.ts';

/** Every day on a line of its own. */
export const daysCsv = ({ days }: RunsInsight): string =>
  csv([
    ['day', 'succeeded', 'failed', 'cancelled'],
    ...days.map(({ day, succeeded, failed, cancelled }) => [day, succeeded, failed, cancelled]),
  ]);
