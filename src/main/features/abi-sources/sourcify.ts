import { z } from 'zod';
import { type Asked, askedJson, refusal, type VerifiedAbi } from './verified-abi.ts';

/**
 * `GET /v2/contract/{chainId}/{address}?fields=…`, and the form of its errors:
 * https://github.com/argotorg/sourcify/blob/master/services/server/src/apiv2.yaml
 */
const verified = z.object({
  abi: z.array(z.unknown()).nullish(),
  compilation: z.object({ name: z.string().nullish() }).nullish(),
});
const failed = z.object({ message: z.string() });

const NOT_FOUND = 404;

/** null: it isn't verified there. Rejects with SOURCE_UNREACHABLE. */
export async function fromSourcify(base: string, asked: Asked): Promise<VerifiedAbi | null> {
  const url = new URL(`${base.replace(/\/+$/, '')}/v2/contract/${asked.chainId}/${asked.address}`);
  url.searchParams.set('fields', 'abi,compilation.name');
  const { status, body } = await askedJson(url, asked);
  if (status === NOT_FOUND) return null;
  const found = status === 200 ? verified.safeParse(body).data : undefined;
  if (!found) throw refusal(url, status, failed.safeParse(body).data?.message, asked);
  return found.abi ? { abi: found.abi, name: found.compilation?.name ?? null } : null;
}
