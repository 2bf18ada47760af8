/** https://www.jsonrpc.org/specification */
export interface Call {
  jsonrpc?: unknown;
  id?: unknown;
  method?: unknown;
  params?: unknown;
}

export interface Answer {
  id?: unknown;
  result?: unknown;
  error?: { code?: unknown; message?: unknown };
}

const INVALID_REQUEST = -32600;
/** EIP-1193 and EIP-1474: the provider is disconnected, the user did not authorize. */
export const UNAUTHORIZED = 4100;
export const UNAVAILABLE = -32002;

export interface Calls {
  calls: Call[];
  isBatch: boolean;
}

/** The calls of a body, and whether it was a batch; null: it is no JSON-RPC. */
export function callsIn(body: Buffer | string): Calls | null {
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch {
    return null;
  }
  const isBatch = Array.isArray(value);
  const calls: unknown[] = isBatch ? (value as unknown[]) : [value];
  return calls.length > 0 && calls.every(isCall) ? { calls, isBatch } : null;
}

const isCall = (value: unknown): value is Call =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** null: it is nested deeper than JSON can be written, though it can be read. */
export function written(value: unknown): string | null {
  try {
    return JSON.stringify(value);
  } catch {
    return null;
  }
}

/** The calls written anew, so that they have one meaning; null: they are nested too deep. */
export function rewritten({ calls, isBatch }: Calls): Buffer | null {
  const text = written(isBatch ? calls : calls[0]);
  return text === null ? null : Buffer.from(text);
}

/** As the specification lets it be; anything else counts as none. */
const idOf = ({ id }: Call): string | number | null =>
  typeof id === 'string' || typeof id === 'number' ? id : null;

export const methodOf = ({ method }: Call): string => (typeof method === 'string' ? method : '');

/** The same refusal of every call of a body, in the shape that the body asks for. */
export function refusal(body: Buffer | string | null, code: number, message: string): string {
  const found = body === null ? null : callsIn(body);
  const one = (call: Call) => ({ jsonrpc: '2.0', id: idOf(call), error: { code, message } });
  if (!found) return JSON.stringify(one({}));
  return JSON.stringify(found.isBatch ? found.calls.map(one) : one(found.calls[0] ?? {}));
}

const words: Record<string, string> = {
  ECONNREFUSED: 'it is not running',
  ECONNRESET: 'it ended the connection',
  EPIPE: 'it ended the connection',
};

/** Why a node did not answer, without its address: pages don't know it, and can't guess it. */
export function goneReason(error: Error): string {
  const { code = '' } = error as NodeJS.ErrnoException;
  return words[code] ?? (code || 'it did not answer as a node does');
}

export const goneText = (chain: string, error: Error): string =>
  `The chain "${chain}" can't be reached: ${goneReason(error)}. Start it in Drydock, then try again.`;

export const invalid = (message: string): string => refusal(null, INVALID_REQUEST, message);

/** Returns the responses in a node's message; an empty list if it is truncated or not JSON. */
export function answersIn(text: Buffer): Answer[] {
  const found = callsIn(text);
  return (found?.calls ?? []) as Answer[];
}
