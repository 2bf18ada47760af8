import { z } from 'zod';
import { address } from '../../shared/address.ts';
import { errors, procedure } from '../../shared/procedure.ts';

const chain = z.string().min(1).max(200);
const ref = z.object({ chain });
const one = procedure.errors(errors('CHAIN_NOT_FOUND'));

/** As browsers write it; a page's whole address is cut to it. */
const origin = z
  .string()
  .trim()
  .max(2048)
  .transform((text, context) => {
    const found = URL.canParse(text) ? new URL(text) : null;
    if (found && found.origin !== 'null' && /^https?:$/.test(found.protocol)) return found.origin;
    const message = 'give the origin of a page, such as https://app.example';
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });

export const originDecision = z.object({
  chain: z.string(),
  origin: z.string(),
  decision: z.enum(['allow', 'deny']),
  decidedAt: z.int().describe('Unix time, ms'),
});
export type OriginDecision = z.infer<typeof originDecision>;

const gatewayChain = z.object({
  chain: z.string(),
  port: z.int(),
  listening: z.boolean(),
  problem: z.string().nullable(),
  requests: z.int().describe('since the start of the gateway, each call of a batch apart'),
  inFlight: z.int(),
  websockets: z.int(),
  refused: z.int(),
  journal: z.boolean().describe('whether its calls are noted'),
});

export const gatewayState = z.object({
  wanted: z.boolean().describe('as the settings say'),
  running: z.boolean().describe('the process runs while at least one chain is behind it'),
  problem: z.string().nullable(),
  pid: z.int().nullable(),
  startedAt: z.int().nullable().describe('Unix time, ms'),
  rssBytes: z.int().nullable(),
  logFile: z.string(),
  chains: z.array(gatewayChain),
});
export type GatewayState = z.infer<typeof gatewayState>;

/** What a call says, as far as the contract or the function is known. */
const called = z.object({
  contract: z.string().nullable(),
  function: z.string(),
  arguments: z.array(
    z.object({
      name: z.string().describe('empty where the ABI gives none'),
      value: z.string(),
    }),
  ),
  argumentsProblem: z
    .string()
    .nullable()
    .describe('why there are no arguments though the function is known'),
});

const journalCall = z.object({
  id: z.int(),
  at: z.number().describe('Unix time, ms'),
  method: z.string(),
  params: z.string().describe('JSON, cut to 2,000 characters'),
  called: called.nullable(),
  ms: z.number(),
  origin: z.string().nullable().describe('of the page; null: a program'),
  error: z.string().nullable(),
});
export type JournalCall = z.infer<typeof journalCall>;

export const journal = z.object({
  chain: z.string(),
  on: z.boolean(),
  perSecond: z
    .array(z.object({ at: z.int(), calls: z.int(), errors: z.int() }))
    .describe('seconds of the last minutes that had a call, oldest first'),
  calls: z.array(journalCall).describe('newest first'),
  slow: z.array(journalCall).describe('the slowest, slowest first'),
  errors: z.array(journalCall).describe('newest first'),
  failing: z
    .array(
      z.object({
        origin: z.string(),
        method: z.string(),
        count: z.int(),
        error: z.string().describe('the newest'),
      }),
    )
    .describe('methods that pages used and that failed, most often first'),
});
export type Journal = z.infer<typeof journal>;

/** https://eips.ethereum.org/EIPS/eip-3085 */
const addChain = z.object({
  chainId: z.string().describe('hex'),
  chainName: z.string(),
  nativeCurrency: z.object({ name: z.string(), symbol: z.string(), decimals: z.int() }),
  rpcUrls: z.array(z.string()),
});

export const walletSetup = z.object({
  chain: z.string(),
  addChain: addChain.describe('the parameter of wallet_addEthereumChain'),
  afterRevert: z.object({
    note: z.string(),
    wallets: z.array(z.object({ wallet: z.string(), steps: z.string() })),
  }),
});
export type WalletSetup = z.infer<typeof walletSetup>;

export const mendedNonce = z.object({
  chain: z.string(),
  account: z.string(),
  from: z.int(),
  to: z.int(),
});
export type MendedNonce = z.infer<typeof mendedNonce>;

/** What stands between users' programs and the chains. */
export const gateway = {
  status: procedure
    .route({ method: 'GET', path: '/gateway', summary: 'The gateway, and the chains behind it' })
    .output(gatewayState),
  origins: one
    .route({
      method: 'GET',
      path: '/chains/{chain}/origins',
      summary: 'Web pages that were allowed or denied to call a chain',
    })
    .input(ref)
    .output(z.array(originDecision)),
  decide: one
    .route({
      method: 'PUT',
      path: '/chains/{chain}/origins',
      summary: 'Allow or deny a web page to call a chain',
    })
    .input(ref.extend({ origin, decision: originDecision.shape.decision }))
    .output(originDecision),
  forget: one
    .errors(errors('ORIGIN_NOT_FOUND'))
    .route({
      method: 'DELETE',
      path: '/chains/{chain}/origins',
      summary: 'Forget what was decided about a web page, which is denied then until it asks again',
    })
    .input(ref.extend({ origin }))
    .output(originDecision),
  journal: one
    .route({
      method: 'GET',
      path: '/chains/{chain}/journal',
      summary: 'Calls of a chain that the gateway has noted',
    })
    .input(ref.extend({ last: z.int().min(1).max(1000).default(100) }))
    .output(journal),
  setJournal: one
    .route({
      method: 'PUT',
      path: '/chains/{chain}/journal',
      summary: 'Whether the gateway notes the calls of a chain, from now on',
    })
    .input(ref.extend({ on: z.boolean() }))
    .output(ref.extend({ on: z.boolean() })),
  mendNonce: one
    .errors(errors('CHAIN_NOT_RUNNING', 'CHAIN_BUSY', 'CHAIN_CALL_FAILED'))
    .route({
      method: 'POST',
      path: '/chains/{chain}/nonces',
      summary: 'Set the nonce of an account to what its wallet sends; later creations move with it',
    })
    .input(ref.extend({ account: address, nonce: z.int().min(0) }))
    .output(mendedNonce),
  wallet: one
    .errors(errors('CHAIN_NOT_RUNNING'))
    .route({
      method: 'GET',
      path: '/chains/{chain}/wallet',
      summary: 'How a wallet is connected with a chain, and what it needs after a revert',
    })
    .input(ref)
    .output(walletSetup),
};
