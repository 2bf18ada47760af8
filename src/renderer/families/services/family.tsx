import { FileText } from 'lucide-react';
import type { Family } from '../family.ts';
import { DiffServices } from './diff-services.tsx';
import { LiveServices } from './live-services.tsx';
import { ServicesTable } from './services-table.tsx';
import { useLiveServices } from './use-live-services.ts';
import { servicesOutcome } from './words.ts';

export const services: Family = {
  id: 'services',
  tab: {
    id: 'services',
    label: 'Services',
    Count: ({ project }) => ` ${useLiveServices(project).services.length.toLocaleString()}`,
    Tab: LiveServices,
  },
  title: 'Services',
  place: 'on this machine',
  gone: 'it was replaced or stopped',
  Result: ServicesTable,
  Diff: DiffServices,
  exports: [
    { format: 'env', label: 'Export .env', icon: <FileText aria-hidden="true" size={14} /> },
  ],
  outcome: servicesOutcome,
  reached: () => '',
};
