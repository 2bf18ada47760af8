import { z } from 'zod';
import type { Submitted, Verdict } from './contract.ts';
import { askedJson, postedJson, refusal, type Service, verdictReason } from './verified-abi.ts';

/**
 * `action=verifysourcecode` and `action=checkverifystatus`; errors have the status 200, too, with the
 * reason in `result`: https://docs.etherscan.io/etherscan-v2/contract-verification
 */
const answer = z.object({ status: z.string(), result: z.string().max(10_000) });

const ALREADY = /already verified/i;
const PENDING = /pending|in progress/i;
const VERIFIED = /pass - verified/i;

/** The name of the job; null: it is verified there already. Rejects with SOURCE_UNREACHABLE. */
export async function submitToEtherscan(
  service: Service,
  { chainId, address, input, compiler, contract, constructorArguments }: Submitted,
): Promise<string | null> {
  const url = urlOf(service, chainId, 'verifysourcecode');
  const form = new URLSearchParams({
    codeformat: 'solidity-standard-json-input',
    sourceCode: JSON.stringify(input),
    contractaddress: address,
    contractname: contract,
    compilerversion: `v${compiler}`,
    // The documentation spells it so.
    constructorArguements: constructorArguments ?? '',
  });
  const { status, body } = await postedJson(url, form, service);
  const found = answer.safeParse(body).data;
  if (found && ALREADY.test(found.result)) return null;
  if (found?.status !== '1') throw refusal(url, status, found?.result, service);
  return found.result;
}

/** Rejects with SOURCE_UNREACHABLE. */
export async function askEtherscan(
  service: Service,
  { chainId, job }: { chainId: number; job: string },
): Promise<Verdict> {
  const url = urlOf(service, chainId, 'checkverifystatus');
  url.searchParams.set('guid', job);
  const { status, body } = await askedJson(url, service);
  const found = answer.safeParse(body).data;
  if (!found) throw refusal(url, status, undefined, service);
  const { result } = found;
  // It doesn't tell how far the code is the same.
  if (VERIFIED.test(result) || ALREADY.test(result)) return { state: 'verified', match: null };
  if (PENDING.test(result)) return { state: 'pending' };
  return { state: 'refused', reason: verdictReason(result, service) };
}

function urlOf({ base, key }: Service, chainId: number, action: string): URL {
  const url = new URL(base);
  const parameters = { chainid: String(chainId), module: 'contract', action };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  if (key !== null) url.searchParams.set('apikey', key);
  return url;
}
