import { Layers } from 'lucide-react';
import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { imagesPath } from '../../core/paths.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { HitRate } from './hit-rate.tsx';

const ImageCommands = lazyPart(async () => (await import('./image-commands.tsx')).ImageCommands);
const ImagesPage = lazyPart(async () => (await import('./images-page.tsx')).ImagesPage);

export const images: Feature = {
  name: 'images',
  pages: [{ path: imagesPath, Page: ImagesPage }],
  places: [
    {
      title: 'Images',
      path: imagesPath,
      Icon: Layers,
      keywords: ['docker', 'cache', 'redis', 'clear'],
      sidebar: 'runtime',
    },
  ],
  slots: {
    commands: [{ order: 90, Part: ImageCommands }],
    'status.start': [{ order: 30, Part: HitRate }],
  },
  touches: { images: () => [api.images.key()] },
};
