import type { Session } from 'electron';
import { originOf } from './address.ts';

/** Whether our own page created the content: a blob's address carries the origin that created it. */
export function isOwnDownload(address: string, origin: string): boolean {
  return address.startsWith('blob:') && originOf(address.slice('blob:'.length)) === origin;
}

/**
 * Lets the pages save what they have made, at a place that the user chooses; whatever else would
 * be downloaded is refused.
 */
export function limitDownloads(session: Session, origin: string): void {
  session.on('will-download', (event, item) => {
    if (!isOwnDownload(item.getURL(), origin)) return event.preventDefault();
    item.setSaveDialogOptions({ title: 'Save', defaultPath: item.getFilename() });
  });
}
