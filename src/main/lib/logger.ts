import { mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { destination, type Logger, pino } from 'pino';

/** Above this size a new file is started. */
const mostBytes = 10 * 1024 * 1024;

/** How many full files are kept beside it. */
const oldFiles = 3;

/**
 * The log of a data folder, `logs/drydock.log`: one JSON object per line. When it can't be written,
 * nothing is logged; `openApp` reports an unusable folder.
 */
export function openLogger(home: string, { maxBytes = mostBytes } = {}): Logger {
  const file = path.join(home, 'logs', 'drydock.log');
  const options = {
    level: process.env.DRYDOCK_LOG_LEVEL ?? 'info',
    base: { pid: process.pid },
    redact: { paths: ['token', '*.token', 'authorization', '*.authorization'], censor: '…' },
  };
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    let bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (bytes > maxBytes) {
      putAside(file);
      bytes = 0;
    }
    const stream = destination({ dest: file, sync: true, mode: 0o600 });
    stream.on('write', (written: number) => {
      bytes += written;
      if (bytes <= maxBytes) return;
      bytes = 0;
      try {
        putAside(file);
        stream.reopen();
      } catch {
        // It grows on, and is tried again after as much.
      }
    });
    // A disk that fills up later must not end the app.
    stream.on('error', () => {});
    return pino(options, stream);
  } catch {
    return pino({ ...options, enabled: false });
  }
}

/** Another process that writes to the same log may do it at the same time. */
function putAside(file: string): void {
  for (let n = oldFiles; n > 0; n -= 1) moved(n === 1 ? file : `${file}.${n - 1}`, `${file}.${n}`);
}

function moved(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** The same log; its entries pass through `mask`, including stacks and causes of errors. */
export function maskedLogger(logger: Logger, mask: (value: unknown) => unknown): Logger {
  const log = (entry: object) => mask(entry) as Record<string, unknown>;
  return logger.child({}, { formatters: { log } });
}
