import { z } from 'zod';
import { errors, procedure } from '../../shared/procedure.ts';
import { namedProject } from '../../shared/refs.ts';
import { abiSource } from '../abi-sources/contract.ts';
import { deployment, starting } from '../deployments/contract.ts';
import { keyName, password } from '../keys/contract.ts';
import { giveTrust, projectRef } from '../projects/contract.ts';

const address = z.string();
const wei = z.string().regex(/^\d+$/).describe('wei');
const hash = z.string();

export const reviewedTransaction = z.object({
  nonce: z.int(),
  kind: z.enum(['create', 'create2', 'call']),
  to: address.nullable().describe('null: creates a contract'),
  value: wei,
  data: z.string().describe('hex'),
  gas: z.string().describe('the limit that was set'),
  gasUsed: z.string(),
  contractName: z.string().nullable(),
  address: address.nullable().describe('the contract that is created or called'),
  function: z.string().nullable(),
  arguments: z.array(z.string()),
  hash: hash.describe('on the copy of the network'),
});
export type ReviewedTransaction = z.infer<typeof reviewedTransaction>;

export const reviewWarning = z.object({
  about: z.enum([
    'balance',
    'dirty',
    'no-commit',
    'not-pushed',
    'no-code',
    'owner',
    'proxy-admin',
    'self-destruct',
    'tx-origin',
    'tool',
  ]),
  message: z.string(),
});
export type ReviewWarning = z.infer<typeof reviewWarning>;

/** What a run on a copy of the network has shown; a live run is bound to it. */
export const certificate = z.object({
  block: z.object({ number: z.int(), hash }).describe('from which the copy was made'),
  commit: z.string().nullable(),
  branch: z.string().nullable(),
  dirty: z.int().nullable(),
  transactions: z.array(reviewedTransaction),
  contracts: z.array(
    z.object({
      address,
      name: z.string().nullable(),
      codeHash: hash.describe('keccak256 of its code'),
      size: z.int().describe('bytes of code'),
    }),
  ),
  compared: z
    .object({
      deployment: z.int().describe('id of the last one of this project that succeeded there'),
      number: z.int(),
      commit: z.string().nullable(),
      contracts: z.array(
        z.object({
          name: z.string().nullable(),
          address,
          change: z
            .enum(['new', 'same', 'changed'])
            .describe('same: the code is that of the one before, its metadata apart'),
          before: address
            .nullable()
            .describe('the contract of that name then; null: there is none'),
        }),
      ),
      gone: z.array(z.string()).describe('names of contracts then that it does not deploy now'),
    })
    .nullable()
    .optional()
    .describe('null: it is the first one there'),
  externals: z
    .array(z.object({ address, codeHash: hash }))
    .describe('contracts that it relies on and has not made'),
  fees: z.object({
    maxFeePerGas: wei.describe('the cap: nothing is signed above it'),
    baseFee: wei,
    tip: wei,
    gas: z.string().describe('that it used altogether'),
    expected: wei.describe('at the base fee of now'),
    most: wei.describe('at the cap, with the gas limits'),
    value: wei.describe('that is sent along'),
  }),
  balance: wei.describe('of the sender, on the network itself'),
  warnings: z.array(reviewWarning),
});
export type Certificate = z.infer<typeof certificate>;

export const reviewStatus = z
  .enum(['rehearsing', 'failed', 'open', 'approved', 'done', 'rejected'])
  .describe('approved: being sent, or broken off on the way; done: all of it was sent');

export const review = z.object({
  id: z.int(),
  project: namedProject,
  network: z.string(),
  chainId: z.int(),
  production: z.string().nullable().describe('the name of its chain where it is a main network'),
  key: keyName.nullable(),
  sender: address,
  input: z.record(z.string(), z.unknown()),
  title: z.string(),
  status: reviewStatus,
  rehearsal: z.int().nullable().describe('id of the deployment to the copy of the network'),
  copy: z.string().describe('name of the network on which it was rehearsed'),
  run: z.int().nullable().describe('id of the deployment that has sent it'),
  verify: abiSource
    .nullable()
    .describe('the service that its contracts are sent to, to be verified; null: none'),
  isSending: z.boolean().describe('a deployment is at it now'),
  signed: z
    .array(z.object({ nonce: z.int(), hash, maxFeePerGas: wei }))
    .describe('so far; of several with one nonce, each has replaced the one before'),
  maxFeePerGas: wei.nullable().describe('the cap that counts now; null: there is no certificate'),
  createdAt: z.int().describe('Unix time, ms'),
  decidedAt: z.int().nullable(),
  problem: z.string().nullable().describe('why there is nothing to approve'),
});
export type Review = z.infer<typeof review>;

export const reviewDetail = review.extend({ certificate: certificate.nullable() });
export type ReviewDetail = z.infer<typeof reviewDetail>;

export const reviewCheck = z.object({
  block: z.int().describe('the newest of the network'),
  balance: wei.describe('of the sender'),
  stale: z.string().nullable().describe('what has changed since the rehearsal; null: nothing has'),
  refused: z
    .string()
    .nullable()
    .describe('why the rails of its network do not let it be sent from here; null: they do'),
  gasPrice: wei.describe('what the network asks for now'),
  sources: z
    .string()
    .nullable()
    .describe('how the folder differs from what was reviewed, as a sentence; null: it does not'),
  waiting: z.array(z.int()).describe('nonces of what was sent and is in no block'),
  enough: wei
    .nullable()
    .describe('a cap with which it would be taken now, per gas; null: nothing waits'),
});
export type ReviewCheck = z.infer<typeof reviewCheck>;

const id = z.object({ id: z.int().positive() });
const one = procedure.errors(errors('REVIEW_NOT_FOUND'));

export const rehearseInput = z.object({
  project: projectRef,
  target: z.string().min(1).max(200).describe('name of a remote network'),
  input: z
    .record(z.string().max(200), z.unknown())
    .default({})
    .describe("fields of the project's kind; `key` signs, or `from` is the sender"),
  trust: giveTrust.optional(),
});
export type RehearseInput = z.infer<typeof rehearseInput>;

export const approveInput = id.extend({
  confirm: z.string().max(200).optional().describe('on a main network: its name, typed'),
  password: password.optional().describe('of the key, unless it is unlocked or kept'),
  verify: abiSource
    .nullable()
    .optional()
    .describe(
      'the service that gets the sources once all of it is on the network; null: none; absent: as before',
    ),
});
export type ApproveInput = z.infer<typeof approveInput>;

export const raiseFeeInput = approveInput.omit({ verify: true }).extend({
  maxFeePerGas: z
    .string()
    .max(100)
    .describe('the new cap per gas: wei, or an amount with its unit, as in 30 gwei'),
});
export type RaiseFeeInput = z.infer<typeof raiseFeeInput>;

/** What approving and sending it anew can fail with. */
const sendingErrors = errors(
  ...starting,
  ...(['REVIEW_STALE', 'CONFIRMATION_NEEDED', 'WRONG_PASSWORD', 'KEY_LOCKED'] as const),
  ...(['KEY_NOT_FOUND', 'KEY_UNUSABLE', 'RPC_UNREACHABLE', 'CHAIN_ID_MISMATCH'] as const),
);

export const reviews = {
  rehearse: procedure
    .errors(
      errors(
        ...starting,
        ...(['KEY_NOT_FOUND', 'KEY_LOCKED', 'RPC_UNREACHABLE', 'CHAIN_ID_MISMATCH'] as const),
        ...(['CHAIN_BUSY', 'CHAIN_START_FAILED', 'PORT_TAKEN', 'TOOL_MISSING'] as const),
        ...(['ENGINE_UNAVAILABLE', 'IMAGE_BUILD_FAILED', 'NAME_TAKEN'] as const),
      ),
    )
    .route({
      method: 'POST',
      path: '/reviews',
      summary: 'Run a live deploy on a copy of its network, to be reviewed',
    })
    .input(rehearseInput)
    .output(review),
  list: procedure
    .errors(errors('PROJECT_NOT_FOUND'))
    .route({ method: 'GET', path: '/reviews', summary: 'Reviews, newest first' })
    .input(
      z.object({
        project: projectRef.optional(),
        status: reviewStatus.optional(),
        limit: z.int().min(1).max(500).default(50),
      }),
    )
    .output(z.array(review)),
  get: one
    .route({ method: 'GET', path: '/reviews/{id}', summary: 'One review with its certificate' })
    .input(id)
    .output(reviewDetail),
  check: one
    .errors(errors('NETWORK_NOT_FOUND', 'BAD_ARGUMENT', 'REVIEW_CLOSED', 'RPC_UNREACHABLE'))
    .route({
      method: 'GET',
      path: '/reviews/{id}/check',
      summary: 'Whether its network is still as it was at the rehearsal',
    })
    .input(id)
    .output(reviewCheck),
  approve: one
    .errors(sendingErrors)
    .route({
      method: 'POST',
      path: '/reviews/{id}/approve',
      summary: 'Send what was reviewed; what was broken off goes on from the chain’s truth',
    })
    .input(approveInput)
    .output(deployment),
  raiseFee: one
    .errors(sendingErrors)
    .route({
      method: 'POST',
      path: '/reviews/{id}/raise-fee',
      summary: 'Send what waits to be mined once more, with higher fees: the same transactions',
    })
    .input(raiseFeeInput)
    .output(review),
  reject: one
    .errors(errors('REVIEW_CLOSED'))
    .route({ method: 'POST', path: '/reviews/{id}/reject', summary: 'Never send it' })
    .input(id)
    .output(review),
};
