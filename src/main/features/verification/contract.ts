import { z } from 'zod';
import { errors, procedure } from '../../shared/procedure.ts';
import { abiSource } from '../abi-sources/contract.ts';
import { contractRef } from '../contracts/contract/ref.ts';
import { onNetwork } from '../contracts/contract.ts';

const codeMatch = z.enum(['exact', 'partial', 'different']);
export type CodeMatch = z.infer<typeof codeMatch>;

/** What code is, in the middle of a sentence. */
export const matchWords: Record<CodeMatch, string> = {
  exact: 'exactly what its sources compile to',
  partial: 'what its sources compile to, but for comments or paths',
  different: 'not what its sources compile to',
};

/** A contract beside what its sources compile to. */
export const codeCheck = z.object({
  network: z.string(),
  chainId: z.int(),
  address: z.string(),
  contract: z.string().describe('as verifiers name it: src/Vault.sol:Vault'),
  project: z.string().nullable().describe('whose sources they are'),
  compiler: z.string().describe('with its commit where that is known'),
  runtime: codeMatch.describe(
    'exact: the code at the address is what its sources compile to; partial: but for the metadata at its end, i.e. comments or paths',
  ),
  creation: codeMatch.nullable().describe('null: the transaction that created it is not known'),
  constructorArguments: z.string().nullable().describe('hex digits; null: not known'),
  transaction: z.string().nullable().describe('that created it, if a transaction did so itself'),
  libraries: z.array(
    z.object({ source: z.string(), name: z.string(), address: z.string().describe('as linked') }),
  ),
});
export type CodeCheck = z.infer<typeof codeCheck>;

export const verificationBundle = codeCheck.extend({
  input: z
    .looseObject({})
    .describe(
      'standard JSON for the compiler: https://docs.soliditylang.org/en/latest/using-the-compiler.html',
    ),
});
export type VerificationBundle = z.infer<typeof verificationBundle>;

/** A contract that was sent to a service to be verified, and what the service said. */
export const verification = z.object({
  id: z.int(),
  network: z.string(),
  chainId: z.int(),
  address: z.string(),
  contract: z.string(),
  service: abiSource,
  host: z.string(),
  state: z.enum(['pending', 'verified', 'refused']),
  match: z.enum(['exact', 'partial']).nullable().describe('null: not verified, or not told'),
  reason: z.string().nullable().describe('of a refusal'),
  sentAt: z.int().describe('Unix time, ms'),
  endedAt: z.int().nullable().describe('Unix time, ms'),
});
export type Verification = z.infer<typeof verification>;

/** What the service said, in the middle of a sentence. */
export function verdictWords({ state, match, reason }: Verification): string {
  if (state === 'refused') return `refused: ${reason}`;
  if (state === 'pending') return 'pending';
  return match === null ? 'verified' : `verified, ${match}`;
}

export const submitInput = contractRef.extend({
  to: abiSource.describe('at the address that the settings have for it'),
});
export type SubmitInput = z.infer<typeof submitInput>;

export const verificationsInput = z.object({
  network: z.string().min(1).max(200).optional(),
  limit: z.int().min(1).max(1000).default(100),
});

const rebuilding = onNetwork.errors(errors('ARTIFACT_NOT_FOUND', 'NOT_RECOMPILED'));
const sending = errors('SOURCE_UNREACHABLE', 'SECRETS_UNREADABLE');

/** Whether contracts are what their sources say, for oneself and for services that tell others. */
export const verifications = {
  check: rebuilding
    .route({
      method: 'GET',
      path: '/contracts/verification/check',
      summary: 'Compile a contract again, and compare it with what stands at its address',
    })
    .input(contractRef)
    .output(codeCheck),
  bundle: rebuilding
    .route({
      method: 'GET',
      path: '/contracts/verification/bundle',
      summary: 'What a contract was compiled from, as verifiers take it',
    })
    .input(contractRef)
    .output(verificationBundle),
  submit: rebuilding
    .errors(sending)
    .errors(errors('CODE_DIFFERS'))
    .route({
      method: 'POST',
      path: '/contracts/verification',
      summary: 'Send what a contract was compiled from to Sourcify or an Etherscan-like service',
    })
    .input(submitInput)
    .output(verification),
  list: procedure
    .route({
      method: 'GET',
      path: '/contracts/verifications',
      summary: 'What was sent to be verified, the newest first',
    })
    .input(verificationsInput)
    .output(z.array(verification)),
  get: procedure
    .errors(sending)
    .errors(errors('VERIFICATION_NOT_FOUND'))
    .route({
      method: 'GET',
      path: '/contracts/verifications/{id}',
      summary: 'One of them; the service is asked again while it is pending',
    })
    .input(z.object({ id: z.int().positive() }))
    .output(verification),
};
