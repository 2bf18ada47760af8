import { z } from 'zod';
import { addressOrName } from '../../shared/address.ts';
import { errors, procedure } from '../../shared/procedure.ts';

/** Why an address is kept in the list, and since when. */
const kept = z.object({
  note: z.string().nullable(),
  since: z.int().describe('Unix time, ms'),
});
export type KeptEntry = z.infer<typeof kept>;

export const token = z.object({
  address: z.string().describe('with its checksum'),
  symbol: z.string(),
  name: z.string().nullable().describe('of the contract; null: unknown'),
  standard: z.enum(['erc20', 'erc721']),
  decimals: z.int().describe('of an ERC-721: 0'),
});
export type Token = z.infer<typeof token>;

export const accountEntry = z.object({
  address: z.string().describe('with its checksum'),
  contract: z.string().nullable().describe('name of the contract there'),
  label: z.string().nullable(),
  index: z.int().nullable().describe('of a development account, whose key is known; null: another'),
  watched: kept.nullable(),
  impersonated: kept.nullable(),
  balance: z.string().describe('wei'),
  nonce: z.int().nullable().describe('null: it is more than 2^53 - 1'),
  hasCode: z.boolean(),
  creates: z
    .boolean()
    .nullable()
    .describe('whether it has created contracts on this chain; null: unknown'),
  balances: z
    .array(z.string().nullable())
    .describe('in the order of `tokens`, in their smallest unit; null: the token does not say'),
});
export type AccountEntry = z.infer<typeof accountEntry>;

const accountList = z.object({
  network: z.string(),
  isOwn: z.boolean().describe('false: a remote network, which is only read'),
  blockNumber: z.int(),
  accounts: z.array(accountEntry),
  tokens: z.array(token),
  moreTokens: z.boolean().describe('there are more contracts than were looked at'),
});
export type AccountList = z.infer<typeof accountList>;

export const revealedKey = z.object({
  address: z.string(),
  index: z.int(),
  path: z.string().describe('of the derivation, as BIP-44 writes it'),
  key: z.string().describe('hex'),
});
export type RevealedKey = z.infer<typeof revealedKey>;

export const dealt = z.object({
  network: z.string(),
  token: z.object({
    address: z.string(),
    symbol: z.string().nullable(),
    decimals: z.int().describe('0 for ERC-721 and ERC-1155'),
    standard: z.enum(['erc20', 'erc721', 'erc1155']),
  }),
  to: z.string(),
  id: z.string().nullable().describe('of an ERC-721 or ERC-1155'),
  before: z.string().describe('balance of the receiver in the smallest unit, as the next'),
  after: z.string(),
  supply: z
    .object({ before: z.string(), after: z.string() })
    .nullable()
    .describe('null: left as it was'),
  previousOwner: z.string().nullable().describe('of an ERC-721 that was taken over'),
  written: z
    .array(
      z.object({
        address: z.string(),
        slot: z.string().nullable().describe('null: its ether'),
        before: z.string(),
        after: z.string(),
      }),
    )
    .describe('what was changed on the chain'),
  notes: z.array(z.string()).describe('what the new balance does not carry with it'),
});
export type Dealt = z.infer<typeof dealt>;

const network = z.string().min(1).max(200);
const note = z.string().trim().min(1).max(200).optional().describe('what it is for');

const DIGITS = /^\d{1,78}$/;
const uint = z
  .string()
  .regex(DIGITS, 'give a whole number')
  .refine((text) => !DIGITS.test(text) || BigInt(text) < 2n ** 256n, 'give a number below 2^256');

export const dealInput = z.object({
  network,
  token: addressOrName,
  to: addressOrName,
  amount: z
    .string()
    .regex(/^\d{1,78}(\.\d{1,77})?$/, 'give an amount such as 1000 or 1.5')
    .optional()
    .describe('balance afterwards, in tokens; of an ERC-721 there is none'),
  raw: z.boolean().default(false).describe('the amount is in the smallest unit'),
  id: uint.optional().describe('of an ERC-721 or ERC-1155'),
  adjustSupply: z.boolean().default(false).describe('change the total supply by as much'),
});
export type DealInput = z.infer<typeof dealInput>;

const reads = procedure.errors(errors('NETWORK_NOT_FOUND', 'CHAIN_NOT_RUNNING', 'RPC_UNREACHABLE'));
const named = reads.errors(errors('ACCOUNT_NOT_FOUND', 'CONTRACT_AMBIGUOUS'));
const changes = named.errors(
  errors('UNSUPPORTED', 'CHAIN_NOT_FOUND', 'CHAIN_BUSY', 'CHAIN_CALL_FAILED'),
);

const onNetwork = z.object({ network });
const one = onNetwork.extend({ account: addressOrName });
const entry = z.object({
  network: z.string(),
  address: z.string(),
  ...kept.shape,
});
export type NetworkEntry = z.infer<typeof entry>;

/** Who has what on a network; on local chains and forks also what they are to have. */
export const accounts = {
  list: reads
    .route({
      method: 'GET',
      path: '/accounts/{network}',
      summary: 'Development, watched and impersonated accounts, with their ether and tokens',
    })
    .input(onNetwork)
    .output(accountList),
  key: named
    .errors(errors('UNSUPPORTED', 'CHAIN_NOT_FOUND', 'CHAIN_CALL_FAILED'))
    .route({
      method: 'POST',
      path: '/accounts/{network}/key',
      summary: 'The private key of one development account',
    })
    .input(one)
    .output(revealedKey),
  watch: named
    .route({
      method: 'POST',
      path: '/accounts/{network}/watched',
      summary: 'Keep an address in the list',
    })
    .input(one.extend({ note }))
    .output(entry),
  unwatch: named
    .route({
      method: 'DELETE',
      path: '/accounts/{network}/watched/{address}',
      summary: 'Take an address out of the list',
    })
    .input(onNetwork.extend({ address: addressOrName }))
    .output(entry),
  impersonate: changes
    .route({
      method: 'POST',
      path: '/accounts/{network}/impersonated',
      summary: 'Have the chain send for an address without its key',
    })
    .input(one.extend({ note }))
    .output(entry),
  stopImpersonating: changes
    .route({
      method: 'DELETE',
      path: '/accounts/{network}/impersonated/{address}',
      summary: 'Have the chain no longer send for an address',
    })
    .input(onNetwork.extend({ address: addressOrName }))
    .output(entry),
  deal: changes
    .errors(errors('NOT_A_TOKEN', 'DEAL_FAILED'))
    .route({
      method: 'POST',
      path: '/accounts/{network}/deal',
      summary: 'Give an address tokens: ERC-20, ERC-721 or ERC-1155',
    })
    .input(dealInput)
    .output(dealt),
};
