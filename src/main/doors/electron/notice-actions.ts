import type { Notice } from '../../features/events/contract/words.ts';

export interface NoticeAction {
  text: string;
  /** The page that it shows; what it does is asked there first. */
  page: string;
}

/** The buttons of a notification. */
export const actionsOn = ({
  deployment,
  succeeded,
}: Pick<Notice, 'deployment' | 'succeeded'>): NoticeAction[] => [
  { text: 'Open', page: `/deployments/${deployment}` },
  succeeded
    ? { text: 'Roll back…', page: `/open/roll-back/${deployment}` }
    : { text: 'Try again…', page: `/open/try-again/${deployment}` },
];
