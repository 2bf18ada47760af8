import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { DownloadBanner } from './download-banner.tsx';

export const tools: Feature = {
  name: 'tools',
  slots: { banners: [{ order: 20, Part: DownloadBanner }] },
  touches: { tools: () => [api.tools.key(), api.doctor.key()] },
};
