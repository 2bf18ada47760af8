import { mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { destination, type Logger, pino } from 'pino';

/** Beyond this the file starts afresh at the next start; the one before it is kept. */
const maxBytes = 10 * 1024 * 1024;

/**
 * The log of a data folder, `logs/drydock.log`: one JSON object a line. Where it can't be written
 * nothing is logged; that the folder is unusable is for `openApp` to say.
 */
export function openLogger(home: string): Logger {
  const file = path.join(home, 'logs', 'drydock.log');
  const options = {
    level: process.env.DRYDOCK_LOG_LEVEL ?? 'info',
    base: { pid: process.pid },
    redact: { paths: ['token', '*.token', 'authorization', '*.authorization'], censor: '…' },
  };
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > maxBytes) {
      renameSync(file, `${file}.1`);
    }
    const stream = destination({ dest: file, sync: true, mode: 0o600 });
    // A disk that fills up later must not take the app down with it.
    stream.on('error', () => {});
    return pino(options, stream);
  } catch {
    return pino({ ...options, enabled: false });
  }
}
