import { z } from 'zod';
import { address } from '../../shared/address.ts';
import { errors, procedure } from '../../shared/procedure.ts';

/** Ways in that a network can be kept to. What Drydock does by itself comes in by none of them. */
export const openDoor = z.enum(['window', 'browser', 'cli', 'api']);
export type OpenDoor = z.infer<typeof openDoor>;

const wei = z.string().regex(/^\d+$/).describe('wei');
const network = z.string().min(1).max(200).describe('name of a remote network');

export const freeze = z.object({
  since: z.int().describe('Unix time, ms'),
  note: z.string().describe('why; may be empty'),
});
export type Freeze = z.infer<typeof freeze>;

export const rails = z.object({
  network,
  production: z.boolean().describe('sending there takes its name, typed'),
  ownProduction: z.boolean().nullable().describe('what was set here; null: as its chain id says'),
  doors: z.array(openDoor).nullable().describe('ways in from which it may be sent; null: all'),
  senders: z.array(z.string()).nullable().describe('addresses that may send; null: all'),
  dailyLimit: wei.nullable().describe('the most that 24 hours may cost; null: no limit'),
  spent: wei.describe(
    'what the transactions that were signed in the last 24 hours may cost at the most',
  ),
  confirmations: z.int().describe('blocks until a transaction counts as final, its own included'),
  ownConfirmations: z.int().nullable().describe('what was set here; null: the default'),
  freeze: freeze.nullable().describe('null: it is not frozen'),
});
export type Rails = z.infer<typeof rails>;

export const setRailsInput = z.object({
  network,
  production: z.boolean().nullable().optional().describe('null: as its chain id says'),
  doors: z.array(openDoor).max(4).nullable().optional().describe('null: all'),
  senders: z.array(address).max(200).nullable().optional().describe('null: all'),
  dailyLimit: z
    .string()
    .max(100)
    .nullable()
    .optional()
    .describe('wei, or an amount with its unit, as in 0.5 ether; null: no limit'),
  confirmations: z.int().min(1).max(10_000).nullable().optional().describe('null: the default'),
});
export type SetRailsInput = z.infer<typeof setRailsInput>;

const one = procedure.errors(errors('NETWORK_NOT_FOUND', 'BAD_ARGUMENT'));

/** What may be sent to a network that others see, by whom, and for how much. */
export const railsContract = {
  get: one
    .route({
      method: 'GET',
      path: '/networks/{network}/rails',
      summary: 'What is allowed on a live network',
    })
    .input(z.object({ network }))
    .output(rails),
  set: one
    .route({
      method: 'PUT',
      path: '/networks/{network}/rails',
      summary: 'Change what is allowed on a live network; what is absent stays as it is',
    })
    .input(setRailsInput)
    .output(rails),
  freeze: one
    .route({
      method: 'POST',
      path: '/networks/{network}/freeze',
      summary: 'Send nothing more to a live network, not even what a run has still to send',
    })
    .input(z.object({ network, note: z.string().trim().max(500).default('') }))
    .output(rails),
  unfreeze: one
    .route({
      method: 'POST',
      path: '/networks/{network}/unfreeze',
      summary: 'Let it be sent again',
    })
    .input(z.object({ network }))
    .output(rails),
};
