import { getJson, type JsonResponse, NoResponse } from '../../lib/get-json.ts';
import { AppError } from '../../shared/errors.ts';

/** What is known of a contract where it was verified. */
export interface VerifiedAbi {
  abi: unknown[];
  /** null: it isn't told. */
  name: string | null;
}

export interface Asked {
  chainId: number;
  address: string;
  /** Hides what a server may repeat. */
  mask: (text: string) => string;
}

const LIMITS = { timeoutMs: 15_000, maxBytes: 8 * 1024 * 1024 };
const LONGEST_REASON = 200;

/** Rejects with SOURCE_UNREACHABLE. Only the host of the URL is said. */
export async function askedJson(url: URL, { mask }: Asked): Promise<JsonResponse> {
  try {
    return await getJson(url, LIMITS);
  } catch (error) {
    if (!(error instanceof NoResponse)) throw error;
    throw unreachable(`${url.host} could not be asked: ${mask(error.message)}. ${OFFLINE}`);
  }
}

/** What the server says is of a stranger: it is cut, and shown in one line. */
export function refusal(
  { host }: URL,
  status: number,
  reason: string | undefined,
  { mask }: Asked,
): AppError {
  const said = mask(reason ?? '')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_REASON);
  const what = said === '' ? `with status ${status}, and no ABI` : `"${said}"`;
  return unreachable(`${host} answered ${what}. ${OFFLINE}`);
}

const OFFLINE =
  'Check your connection and the address in the settings, or give the ABI from a file or a compiled contract.';

const unreachable = (message: string): AppError => new AppError('SOURCE_UNREACHABLE', message);
