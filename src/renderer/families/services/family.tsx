import { FileText } from 'lucide-react';
import { lazyPart } from '../../ui/lazy-part.tsx';
import type { Family } from '../family.ts';
import { useLiveServices } from './use-live-services.ts';
import { servicesOutcome } from './words.ts';

const DiffServices = lazyPart(async () => (await import('./diff-services.tsx')).DiffServices);
const LiveServices = lazyPart(async () => (await import('./live-services.tsx')).LiveServices);
const ServicesTable = lazyPart(async () => (await import('./services-table.tsx')).ServicesTable);

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
