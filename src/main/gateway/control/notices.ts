import { statSync } from 'node:fs';
import path from 'node:path';
import { parsedJson } from '../../lib/parsed-json.ts';
import { messageOf } from '../../shared/errors.ts';
import { gatewayFolder } from './address.ts';
import { type GatewayEvent, gatewayEvent } from './protocol.ts';
import { textIfThere } from './text-if-there.ts';

/** A gateway writes less than a tenth of it. */
const MOST_BYTES = 8 * 1024 * 1024;
/** So far a clock may have been set back since. */
const MOST_AHEAD_MS = 24 * 60 * 60 * 1000;

/** What the gateway has told, one a line, until a core has taken it in. */
export const noticesFile = (home: string): string =>
  path.join(gatewayFolder(home), 'notices.jsonl');

/**
 * What gateways of a data folder have told, in its order; a core may have taken in some of it. What
 * can't be read is left out.
 *
 * @param warn called with a sentence that says so
 */
export function readNotices(home: string, warn: (message: string) => void): GatewayEvent[] {
  const file = noticesFile(home);
  try {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MOST_BYTES) {
      throw new Error('it is larger than any that a gateway writes');
    }
    const lines = (textIfThere(file) ?? '').split('\n').filter(Boolean);
    const found = lines.map((line) => noticeIn(line)).filter((event) => event !== null);
    const bad = lines.length - found.length;
    if (bad > 0) warn(`Notices of the gateway are lost: ${bad} in ${file} can't be read.`);
    return [...new Map(found.map((event) => [event.id, event])).values()].sort(
      (a, b) => a.id - b.id,
    );
  } catch (error) {
    warn(`Notices of the gateway are lost: ${file} can't be read: ${messageOf(error)}.`);
    return [];
  }
}

function noticeIn(line: string): GatewayEvent | null {
  const { success, data } = gatewayEvent.safeParse(parsedJson(line));
  // A number from beyond would hide every notice after it.
  return success && data.id <= (Date.now() + MOST_AHEAD_MS) * 1000 ? data : null;
}
