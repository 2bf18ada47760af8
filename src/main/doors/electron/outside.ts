import { shell } from 'electron';
import type { Logger } from 'pino';

/** This machine, by name or number: where what was deployed here serves its pages. */
const thisMachine = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Whether an address may be handed to the user's browser: pages of the web over https, and of this
 * machine over http as well. Other schemes start programs, and a name and password in an address
 * are there to deceive.
 */
export function opensOutside(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  if (username || password) return false;
  return protocol === 'https:' || (protocol === 'http:' && thisMachine.test(hostname));
}

/** Opens an address in the user's browser where that may be done; otherwise nothing happens. */
export function openOutside(address: string, logger: Logger): void {
  if (!opensOutside(address)) return;
  shell.openExternal(address).catch((error: unknown) => {
    logger.warn({ err: error }, 'an address could not be opened in the browser');
  });
}
