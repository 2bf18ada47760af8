import { z } from 'zod';

/** What the core and the gateway say to one another, as JSON over HTTP on the control socket. */

/** Grows with every change that an older core or gateway would misunderstand. */
export const CONTROL_VERSION = 2;

export const originRule = z.enum(['allow', 'deny']);

const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/);

/** `PUT /chains/:chain`: the whole of what the gateway shall do for a chain. */
export const chainSettings = z.object({
  port: z.int().min(1).max(65535).describe('public port on 127.0.0.1'),
  backend: z
    .string()
    .regex(/^http:\/\/[\w.-]+:\d{1,5}$/)
    .describe('where the chain itself listens'),
  chainId: z.int().min(0),
  policy: z
    .object({
      origins: z.record(z.string(), originRule).default({}).describe('of web pages'),
      names: z
        .array(z.string())
        .default([])
        .describe('host names that lead to this machine by a route of ours'),
    })
    .default({ origins: {}, names: [] }),
  journal: z.boolean().default(false).describe('whether calls are noted'),
  deployers: z.array(address).default([]).describe('accounts that created contracts here'),
  accounts: z
    .array(address)
    .default([])
    .describe('those of the chain, in their order, where its node lists them in none'),
});
export type ChainSettings = z.output<typeof chainSettings>;
export type ChainSettingsInput = z.input<typeof chainSettings>;

/** `POST /chains/:chain/reverted`: `back` is false when nothing was taken back after all. */
export const reverted = z.object({
  back: z.boolean(),
  deployers: z.array(address).optional().describe('all of them; absent: as before'),
});
export type Reverted = z.output<typeof reverted>;

/** Greater than that of whatever was put before; 0: of a gateway that counts none. */
const revision = z.int().default(0);

export const chainStatus = z.object({
  chain: z.string(),
  port: z.int(),
  listening: z.boolean(),
  problem: z.string().nullable(),
  requests: z.int().describe('HTTP requests and messages, since the start of the gateway'),
  inFlight: z.int(),
  websockets: z.int(),
  refused: z.int(),
  revision,
});

/** `PUT /upstreams/:chain`: what a fork starts from, and where its anvil finds it. */
export const upstreamSettings = z.object({
  listen: z.object({
    host: z.ipv4(),
    port: z.int().min(0).max(65535).describe('0: the one that it has, or any free one'),
  }),
  path: z.string().regex(/^[\w-]{32,100}$/),
  url: z.string().regex(/^https?:\/\//i),
  headers: z.record(z.string(), z.string()),
  starter: z
    .string()
    .optional()
    .describe('mark of the core that starts the fork, until that is recorded'),
});
export type UpstreamSettings = z.output<typeof upstreamSettings>;

export const upstreamStatus = z.object({
  chain: z.string(),
  port: z.int().nullable().describe('null: nothing listens'),
  problem: z.string().nullable().describe('why anvil gets nothing from it, and what to do'),
  starter: z.string().nullable().default(null).describe('mark of the core that starts its fork'),
  revision,
});
export type UpstreamStatus = z.output<typeof upstreamStatus>;

export const gatewayStatus = z.object({
  version: z.int(),
  build: z.string().describe('differs between two builds of the gateway'),
  pid: z.int(),
  startedAt: z.number().describe('Unix time, ms'),
  rssBytes: z.int(),
  chains: z.array(chainStatus),
  upstreams: z.array(upstreamStatus).default([]),
});
export type GatewayStatus = z.output<typeof gatewayStatus>;
export type ChainStatus = GatewayStatus['chains'][number];
/** As the chain itself knows it. */
export type OwnChainStatus = Omit<ChainStatus, 'revision'>;

const eventBase = {
  id: z.int().describe('grows, also over restarts of the gateway'),
  at: z.number().describe('Unix time, ms'),
  chain: z.string(),
};

const account = z.string();
const nonce = z.int();

/** `GET /events?after=<id>`: one JSON line each, also of what is still to come. */
export const gatewayEvent = z.discriminatedUnion('type', [
  z.object({
    ...eventBase,
    type: z.literal('origin-refused'),
    origin: z.string(),
    mayBeAllowed: z.boolean().describe('false for `null`, and for what no browser sends'),
  }),
  z.object({
    ...eventBase,
    type: z.literal('method-refused'),
    origin: z.string(),
    method: z.string(),
  }),
  z.object({
    ...eventBase,
    type: z.literal('nonce-mended'),
    account,
    from: nonce.describe('that the chain had'),
    to: nonce.describe('that the wallet has sent'),
  }),
  z.object({
    ...eventBase,
    type: z.literal('nonce-off'),
    account,
    chainNonce: nonce,
    sentNonce: nonce.describe('the transaction waits, or was refused'),
  }),
  z.object({ ...eventBase, type: z.literal('upstream-gone'), reason: z.string() }),
  z.object({
    ...eventBase,
    type: z.literal('hold-expired'),
    heldMs: z.int().describe('no end of the revert was told in this time'),
  }),
  z.object({
    ...eventBase,
    type: z.literal('port-back'),
    waitedMs: z.int().describe('for another program to let the port go'),
  }),
]);
export type GatewayEvent = z.output<typeof gatewayEvent>;

/** `GET /chains/:chain/journal?last=100`. */
export const journalCall = z.object({
  id: z.int(),
  at: z.number(),
  method: z.string(),
  params: z.string().describe('JSON, cut to 2,000 characters'),
  ms: z.number(),
  origin: z.string().nullable().describe('null: a program'),
  error: z.string().nullable(),
});

export const journalPage = z.object({
  on: z.boolean(),
  perSecond: z
    .array(z.object({ at: z.int(), calls: z.int(), errors: z.int() }))
    .describe('each of the last minutes’ seconds that had a call, oldest first'),
  calls: z.array(journalCall).describe('newest first'),
  slow: z.array(journalCall).describe('the slowest, slowest first'),
  errors: z.array(journalCall).describe('newest first'),
});
export type JournalCall = z.output<typeof journalCall>;
export type JournalPage = z.output<typeof journalPage>;

/** What is answered instead, with a status of 4xx or 5xx. */
export const controlProblem = z.object({ code: z.string(), message: z.string() });
