/** What the daemon answered, or what became of the connection. */
interface Fault {
  statusCode?: number;
  json?: { message?: string } | null;
  code?: string;
  message: string;
}

const asFault = (error: unknown): Fault =>
  error instanceof Error ? (error as Error & Fault) : { message: String(error) };

export const statusOf = (error: unknown): number | undefined => asFault(error).statusCode;

/** The daemon's own words, without the HTTP around them. */
export function faultText(error: unknown): string {
  const { json, message } = asFault(error);
  return (json?.message ?? message.replace(/^\(HTTP code \d+\) [^-]*- /, '')).trim();
}

/** The connection broke, or there was none: nothing is known about what was asked for. */
export function isLost(error: unknown): boolean {
  const { statusCode, code, message } = asFault(error);
  if (statusCode !== undefined) return false;
  return (
    ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'EACCES', 'ETIMEDOUT'].includes(code ?? '') ||
    /socket hang up|aborted|premature close|ssh/i.test(message)
  );
}

/** Does it, and answers undefined when what it is about doesn't exist. */
export async function ifThere<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}
