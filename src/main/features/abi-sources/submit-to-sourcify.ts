import { z } from 'zod';
import type { Submitted, Verdict } from './contract.ts';
import { askedJson, postedJson, refusal, type Service, verdictReason } from './verified-abi.ts';

/**
 * `POST /v2/verify/{chainId}/{address}` and `GET /v2/verify/{verificationId}`:
 * https://github.com/argotorg/sourcify/blob/master/services/server/src/apiv2.yaml
 */
const accepted = z.object({ verificationId: z.string().min(1).max(200) });
const failed = z.object({ customCode: z.string().optional(), message: z.string() });
const job = z.object({
  isJobCompleted: z.boolean(),
  error: failed.nullish(),
  contract: z.object({ match: z.enum(['match', 'exact_match']).nullable() }).nullish(),
});

const ALREADY = 'already_verified';
const CONFLICT = 409;
const ACCEPTED = 202;

/** The name of the job; null: it is verified there already. Rejects with SOURCE_UNREACHABLE. */
export async function submitToSourcify(
  service: Service,
  { chainId, address, input, compiler, contract, transaction }: Submitted,
): Promise<string | null> {
  const url = urlOf(service.base, `verify/${chainId}/${address}`);
  const { status, body } = await postedJson(
    url,
    {
      ...{ stdJsonInput: input, compilerVersion: compiler, contractIdentifier: contract },
      ...(transaction === null ? {} : { creationTransactionHash: transaction }),
    },
    service,
  );
  const error = failed.safeParse(body).data;
  if (status === CONFLICT && error?.customCode === ALREADY) return null;
  const found = status === ACCEPTED ? accepted.safeParse(body).data : undefined;
  if (!found) throw refusal(url, status, error?.message, service);
  return found.verificationId;
}

/** Rejects with SOURCE_UNREACHABLE. */
export async function askSourcify(service: Service, id: string): Promise<Verdict> {
  const url = urlOf(service.base, `verify/${encodeURIComponent(id)}`);
  const { status, body } = await askedJson(url, service);
  const found = status === 200 ? job.safeParse(body).data : undefined;
  if (!found) throw refusal(url, status, failed.safeParse(body).data?.message, service);
  if (!found.isJobCompleted) return { state: 'pending' };
  if (found.error && found.error.customCode !== ALREADY) {
    return { state: 'refused', reason: verdictReason(found.error.message, service) };
  }
  const match = found.contract?.match ?? null;
  return { state: 'verified', match: match && (match === 'match' ? 'partial' : 'exact') };
}

const urlOf = (base: string, path: string): URL =>
  new URL(`${base.replace(/\/+$/, '')}/v2/${path}`);
