import { mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { destination, type Logger, pino } from 'pino';

/** Above this size a new file is started at the next start; one old file is kept. */
const maxBytes = 10 * 1024 * 1024;

/**
 * The log of a data folder, `logs/drydock.log`: one JSON object per line. When it can't be written,
 * nothing is logged; `openApp` reports an unusable folder.
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
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > maxBytes) putAside(file);
    const stream = destination({ dest: file, sync: true, mode: 0o600 });
    // A disk that fills up later must not end the app.
    stream.on('error', () => {});
    return pino(options, stream);
  } catch {
    return pino({ ...options, enabled: false });
  }
}

/** Another process that starts may have done it. */
function putAside(file: string): void {
  try {
    renameSync(file, `${file}.1`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** The same log; its entries pass through `mask`, including stacks and causes of errors. */
export function maskedLogger(logger: Logger, mask: (value: unknown) => unknown): Logger {
  const log = (entry: object) => mask(entry) as Record<string, unknown>;
  return logger.child({}, { formatters: { log } });
}
