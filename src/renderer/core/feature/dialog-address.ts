import { navigate, useBrowserLocation } from 'wouter/use-browser-location';

/** Of addresses that open a dialog over the page that is shown: `/open/add-project/<argument>`. */
const dialogAddress = /^\/open\/([a-z-]+)(?:\/(.*))?$/;

export interface DialogAsked {
  dialog: string;
  argument: string | undefined;
}

/** The dialog that an address opens, null for that of a page. */
export function dialogOf(address: string): DialogAsked | null {
  const [, dialog, argument] = dialogAddress.exec(address) ?? [];
  if (!dialog) return null;
  try {
    return { dialog, argument: argument ? decodeURIComponent(argument) : undefined };
  } catch {
    return { dialog, argument: undefined };
  }
}

let page = { path: '/', search: '' };

/** The address of the page. That of a dialog leaves the page beneath it, with what was typed there. */
export function usePageLocation(): ReturnType<typeof useBrowserLocation> {
  const [address, go] = useBrowserLocation();
  if (!dialogOf(address)) page = { path: address, search: location.search };
  return [page.path, go];
}

/** Puts the page's own address back. */
export const leaveDialogAddress = (): void => navigate(page.path + page.search, { replace: true });
