import type { Feature } from '../../core/feature/feature.ts';
import { followActivity } from './activity.ts';
import { NotificationSetting } from './notification-setting.tsx';
import { RecentEvents } from './recent-events.tsx';

export const events: Feature = {
  name: 'events',
  slots: {
    'settings.notifications': [{ order: 10, Part: NotificationSetting }],
    'overview.beside': [{ order: 30, Part: RecentEvents }],
  },
  follow: followActivity,
};
