import { HardDrive } from 'lucide-react';
import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { dataPath } from '../../core/paths.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { DataFolderBanner } from './data-folder-banner.tsx';
import { StorageBadge, StorageLink } from './storage-badge.tsx';

const DataPage = lazyPart(async () => (await import('./data-page.tsx')).DataPage);

export const data: Feature = {
  name: 'data',
  pages: [{ path: dataPath, Page: DataPage }],
  places: [
    {
      title: 'Data',
      path: dataPath,
      Icon: HardDrive,
      keywords: ['backup', 'restore', 'disk', 'prune', 'retention', 'size', 'cache'],
      sidebar: 'runtime',
      End: StorageBadge,
    },
  ],
  slots: {
    banners: [{ order: 10, Part: DataFolderBanner }],
    'status.end': [{ order: 20, Part: StorageLink }],
  },
  touches: { data: () => [api.data.key(), api.backups.key()] },
};
