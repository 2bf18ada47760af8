import type { Feature } from '../../core/feature/feature.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { followActivity } from './activity.ts';
import { RecentEvents } from './recent-events.tsx';

const NotificationSetting = lazyPart(
  async () => (await import('./notification-setting.tsx')).NotificationSetting,
);

export const events: Feature = {
  name: 'events',
  slots: {
    'settings.notifications': [{ order: 10, Part: NotificationSetting }],
    'overview.beside': [{ order: 30, Part: RecentEvents }],
  },
  follow: followActivity,
};
