import { z } from 'zod';
import { errors, procedure } from '../../shared/procedure.ts';
import { labelColor } from '../address-book/contract.ts';

export const networkKind = z.enum(['local', 'fork', 'remote']);

export const networkName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,39}$/i, 'give letters, digits, dots and dashes, at most 40');

const rpcUrl = z.url({ protocol: /^https?$/, error: 'give an http or https address' }).max(2048);

const chainId = z.int().positive();

/** Reserved for HTTP and for the client that sends the request. */
const OF_HTTP =
  /^(host|connection|content-.*|transfer-encoding|keep-alive|upgrade|te|trailer|expect|accept-encoding|proxy-.*)$/i;

const headerName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,99}$/i, 'give a name such as authorization or x-api-key')
  .refine((name) => !OF_HTTP.test(name), 'this header is set for each request by itself');

const headerValue = z
  .string()
  .trim()
  .min(1)
  .max(8192)
  .regex(/^[\t\x20-\x7e]*$/, 'give one line of plain ASCII text');

const networkLabel = z.string().trim().max(80);

export const network = z.object({
  name: networkName,
  kind: networkKind,
  /** The id its chain returns: a chain's own for local and fork, the expected one for remote. */
  chainId: chainId.nullable(),
  /** Where the fork starts from, or the remote itself, with anything secret masked. */
  url: z.string().nullable(),
  urlProblem: z.string().optional().describe('why its address can’t be read, and what to do'),
  headers: z
    .array(z.string())
    .describe('fork only: names, in lower case, of what is sent with each request to its address'),
  headersProblem: z.string().optional().describe('why their values can’t be read, and what to do'),
  forkBlock: z.int().nonnegative().nullable().describe('null: the latest at the start'),
  keepChainId: z.boolean().describe('fork only: answer the upstream id instead of one of ours'),
  port: z.int().nullable().describe('the port asked for; null: any free one'),
  source: z.enum(['shipped', 'user']),
  label: networkLabel.describe('what lists call it; empty: by its name'),
  color: labelColor.nullable(),
  group: z.string().describe('the heading that it stands under in lists; empty: none'),
});

export type Network = z.infer<typeof network>;
export type NetworkKind = z.infer<typeof networkKind>;

export const networkInput = z.object({
  name: networkName,
  kind: networkKind,
  url: rpcUrl.optional(),
  chainId: chainId.optional(),
  headers: z
    .record(headerName, headerValue.nullable())
    .optional()
    .describe(
      'fork only, sealed: by name; null removes one, those left out stay, unless the address is of another server now',
    ),
  forkBlock: z.int().nonnegative().nullable().optional(),
  keepChainId: z.boolean().optional(),
  port: z.int().min(1).max(65535).nullable().optional(),
});
export type NetworkInput = z.infer<typeof networkInput>;

export const networkTest = z.object({
  ok: z.boolean(),
  chainId: z.int().nullable(),
  blockNumber: z.int().nullable(),
  latencyMs: z.number().nullable(),
  problem: z.string().nullable(),
});
export type NetworkTest = z.infer<typeof networkTest>;

const one = procedure.errors(errors('NETWORK_NOT_FOUND'));
const ref = z.object({ name: z.string().min(1).max(200) });

export const networks = {
  list: procedure
    .route({
      method: 'GET',
      path: '/networks',
      summary: 'All networks, in their order, else by kind',
    })
    .output(z.array(network)),
  get: one
    .route({ method: 'GET', path: '/networks/{name}', summary: 'One network' })
    .input(ref)
    .output(network),
  save: procedure
    .errors(errors('CHAIN_BUSY'))
    .route({
      method: 'PUT',
      path: '/networks/{name}',
      summary: 'Add a network or change one; a shipped one is overridden',
    })
    .input(networkInput)
    .output(network),
  edit: one
    .errors(errors('NAME_TAKEN'))
    .route({
      method: 'PATCH',
      path: '/networks/{name}',
      summary: 'Change what lists call it, its colour or its group; its name and itself stay',
    })
    .input(
      ref.extend({
        label: networkLabel.optional().describe('absent: as it is; empty: by its name'),
        color: labelColor.nullable().optional().describe('absent: as it is; null: none'),
        group: z.string().trim().max(80).optional().describe('absent: as it is; empty: none'),
      }),
    )
    .output(network),
  move: one
    .route({
      method: 'PUT',
      path: '/networks/{name}/position',
      summary: 'Put it before another one in lists, into the group of that one',
    })
    .input(ref.extend({ before: ref.shape.name.nullable().describe('null: behind all others') }))
    .output(z.array(network)),
  remove: one
    .errors(errors('NETWORK_READ_ONLY', 'CHAIN_BUSY'))
    .route({
      method: 'DELETE',
      path: '/networks/{name}',
      summary: 'Remove one of yours; an overridden shipped one goes back to its default',
    })
    .input(ref)
    .output(network),
  test: one
    .route({
      method: 'POST',
      path: '/networks/{name}/test',
      summary: 'Ask the RPC for its chain id, block and latency',
    })
    .input(ref)
    .output(networkTest),
};
