import { navigate } from 'wouter/use-browser-location';
import { noticeOf } from '#main/features/events/contract/words.ts';
import type { Event } from '#main/features/events/contract.ts';
import { isNotified } from '#main/features/settings/contract/quiet.ts';
import { api } from '../../core/client.ts';
import { deploymentPath } from '../../core/paths.ts';
import { queryClient } from '../../core/query-client.ts';

/** A notification of the browser at the end of a run, while this page isn't visible. */
export function notifyOfEnd(event: Event): void {
  const notice = noticeOf(event, Date.now());
  if (!notice || !document.hidden) return;
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const settings = queryClient.getQueryData(api.settings.get.queryKey());
  if (settings && !isNotified(settings, Date.now())) return;
  // The desktop app shows its own.
  if (queryClient.getQueryData(api.app.info.queryKey())?.canNotify) return;
  // Several tabs of one browser show one notification.
  const notification = new Notification(notice.title, {
    body: notice.body,
    tag: `drydock-${event.seq}`,
  });
  notification.onclick = () => {
    window.focus();
    navigate(deploymentPath(notice.deployment));
    notification.close();
  };
}
