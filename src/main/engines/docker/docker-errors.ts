/** The daemon's error response, or the failure of the connection. */
interface Fault {
  statusCode?: number;
  json?: { message?: string } | null;
  code?: string;
  message: string;
}

const asFault = (error: unknown): Fault =>
  error instanceof Error ? (error as Error & Fault) : { message: String(error) };

export const statusOf = (error: unknown): number | undefined => asFault(error).statusCode;

/** The daemon's message, without the HTTP around it. */
export function errorText(error: unknown): string {
  const { json, message } = asFault(error);
  return (json?.message ?? message.replace(/^\(HTTP code \d+\) [^-]*- /, '')).trim();
}

/** The connection broke, or there was none: the result of the request is unknown. */
export function isLost(error: unknown): boolean {
  const { statusCode, code, message } = asFault(error);
  if (statusCode !== undefined) return false;
  return (
    ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'EACCES', 'ETIMEDOUT'].includes(code ?? '') ||
    /socket hang up|aborted|premature close|ssh/i.test(message)
  );
}

/** Returns undefined when what the request is about doesn't exist. */
export async function ifThere<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}
