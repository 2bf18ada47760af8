import { z } from 'zod';
import { knownAddress } from '../../explorer/contract/decoded.ts';
import { missing, stopped } from '../../explorer/contract/ref.ts';
import { liveContract } from './listed.ts';

const parameter = z.looseObject({ name: z.string(), type: z.string() });

export const contractDetail = z.object({
  network: z.string(),
  address: z.string(),
  name: z.string().nullable().describe('of the logic, behind a proxy'),
  label: z.string().nullable().describe('what the project or the user calls it'),
  proxy: z
    .object({
      ...{ name: z.string().nullable(), kind: z.string(), implementation: knownAddress },
      admin: knownAddress.nullable().describe('who may change what runs'),
    })
    .nullable(),
  source: z
    .string()
    .nullable()
    .describe('its source file, as the compiler knows it; of a proxy, that of its logic'),
  commit: z.string().nullable().describe('of the project when the run deployed it'),
  code: z
    .enum(['as-deployed', 'differs'])
    .nullable()
    .describe('whether the code there is what the run deployed; null: that is not recorded'),
  pinned: z.boolean().describe('at the top of lists'),
  creation: z.string().nullable().describe('hash of the transaction that created it'),
  artifact: z.int().nullable().describe('id of its artifact'),
  deployment: liveContract.shape.deployment.nullable(),
  balance: z
    .string()
    .nullable()
    .describe('wei, decimal; null: the chain does not run, or it is missing'),
  stopped,
  missing,
  codeBytes: z.int(),
  functions: z.array(
    z.object({
      name: z.string(),
      signature: z.string(),
      stateMutability: z.enum(['pure', 'view', 'nonpayable', 'payable']),
      inputs: z
        .array(parameter)
        .describe('as in the ABI; of an enum with the names of its members, as far as known'),
      outputs: z.array(parameter),
    }),
  ),
  events: z.array(z.string()).describe('signatures'),
  errors: z.array(z.string()).describe('signatures'),
});
export type ContractDetail = z.infer<typeof contractDetail>;

export const contractCode = z.object({
  address: z.string(),
  name: z.string().nullable(),
  abi: z.array(z.looseObject({ type: z.string() })).describe('of a proxy, with that of its logic'),
  runtimeCode: z.string().describe('what stands at the address, hex'),
  creationCode: z
    .string()
    .nullable()
    .describe(
      'hex, without arguments; where addresses of libraries go, anything. Of a proxy, that of its logic. null: no project here has compiled it',
    ),
});
export type ContractCode = z.infer<typeof contractCode>;

export const contractAbi = z.object({
  name: z.string(),
  address: z.string().nullable().describe('null: of a compiled contract'),
  abi: z.array(z.looseObject({ type: z.string() })),
});
export type ContractAbi = z.infer<typeof contractAbi>;
