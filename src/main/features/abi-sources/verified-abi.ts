import { getJson, type JsonResponse, NoResponse, postJson } from '../../lib/get-json.ts';
import { AppError } from '../../shared/errors.ts';
import { said } from '../../shared/one-line.ts';

/** What is known of a contract where it was verified. */
export interface VerifiedAbi {
  abi: unknown[];
  /** null: it isn't told. */
  name: string | null;
}

/** How the words of a service are told. */
export interface Told {
  /** Hides what a server may repeat. */
  mask: (text: string) => string;
  /** What to do when it can't be asked: sentences. */
  otherwise: string;
}

export interface Asked extends Told {
  chainId: number;
  address: string;
}

/** What a service is asked for with: its address, and the user's key. */
export interface Service extends Told {
  base: string;
  key: string | null;
}

const LIMITS = { timeoutMs: 15_000, maxBytes: 8 * 1024 * 1024 };
/** Sources of some megabytes are on their way longer. */
const SENDING = { ...LIMITS, timeoutMs: 60_000 };
const LONGEST_REASON = 200;
/** Compilers say more than services. */
const LONGEST_VERDICT = 2000;

/** Rejects with SOURCE_UNREACHABLE. Only the host of the URL is said. */
export const askedJson = (url: URL, told: Told): Promise<JsonResponse> =>
  reached(url, told, getJson(url, LIMITS));

/** As `askedJson`, with a body: see `postJson`. */
export const postedJson = (
  url: URL,
  body: URLSearchParams | object,
  told: Told,
): Promise<JsonResponse> => reached(url, told, postJson(url, body, SENDING));

async function reached(
  url: URL,
  { mask, otherwise }: Told,
  answer: Promise<JsonResponse>,
): Promise<JsonResponse> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof NoResponse)) throw error;
    throw unreachable(`${url.host} could not be asked: ${mask(error.message)}. ${otherwise}`);
  }
}

/** Why a contract was not verified, for what is kept: it may repeat the key that came with the question. */
export const verdictReason = (reason: string, { mask }: Told): string =>
  said(reason, LONGEST_VERDICT, mask) || 'it says no reason';

/** What the server says is of a stranger: it is cut, and shown in one line. */
export function refusal(
  { host }: URL,
  status: number,
  reason: string | undefined,
  { mask, otherwise }: Told,
): AppError {
  const words = said(reason ?? '', LONGEST_REASON, mask);
  const what = words === '' ? `with status ${status}, and nothing that can be read` : `"${words}"`;
  return unreachable(`${host} answered ${what}. ${otherwise}`);
}

const unreachable = (message: string): AppError => new AppError('SOURCE_UNREACHABLE', message);
