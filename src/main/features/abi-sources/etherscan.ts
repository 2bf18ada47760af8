import { z } from 'zod';
import { type Asked, askedJson, refusal, type VerifiedAbi } from './verified-abi.ts';

/**
 * `?chainid=…&module=contract&action=getabi&address=…&apikey=…`: the ABI is JSON in a text. It has
 * the status 200 for errors, too, with the reason in `result`:
 * https://docs.etherscan.io/etherscan-v2/api-endpoints/contracts
 */
const answer = z.object({ status: z.string(), result: z.string() });

const NOT_VERIFIED = /not verified/i;

/** null: it isn't verified there. Rejects with SOURCE_UNREACHABLE. */
export async function fromEtherscan(
  base: string,
  key: string | null,
  asked: Asked,
): Promise<VerifiedAbi | null> {
  const url = new URL(base);
  const parameters = {
    ...{ chainid: String(asked.chainId), module: 'contract', action: 'getabi' },
    ...{ address: asked.address, ...(key === null ? {} : { apikey: key }) },
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  const { status, body } = await askedJson(url, asked);
  const found = answer.safeParse(body).data;
  if (found?.status === '1') {
    const abi = listIn(found.result);
    if (abi) return { abi, name: null };
  }
  if (found && NOT_VERIFIED.test(found.result)) return null;
  throw refusal(url, status, found?.result, asked);
}

function listIn(text: string): unknown[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
