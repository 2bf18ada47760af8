import type { Abi } from 'viem';
import { z } from 'zod';

interface Parameter {
  name: string;
  type: string;
  internalType?: string;
  components?: Parameter[];
}

const type = z.string().min(1).max(200);

const parameter: z.ZodType<Parameter> = z.object({
  name: z.string().default(''),
  type,
  internalType: z.string().optional().catch(undefined),
  components: z.lazy(() => z.array(parameter)).optional(),
});

const parameters = z.array(parameter).default([]);
const mutability = z.enum(['pure', 'view', 'nonpayable', 'payable']).catch('nonpayable');

/** https://docs.soliditylang.org/en/latest/abi-spec.html#json */
const entry = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('function'),
    name: z.string().min(1),
    inputs: parameters,
    outputs: parameters,
    stateMutability: mutability,
  }),
  z.object({ type: z.literal('error'), name: z.string().min(1), inputs: parameters }),
  z.object({
    type: z.literal('event'),
    name: z.string().min(1),
    inputs: z
      .array(
        z.object({
          ...{ name: z.string().default(''), type, indexed: z.boolean().default(false) },
          internalType: z.string().optional().catch(undefined),
          components: z.array(parameter).optional(),
        }),
      )
      .default([]),
    anonymous: z.boolean().optional().catch(undefined),
  }),
  z.object({ type: z.literal('constructor'), inputs: parameters, stateMutability: mutability }),
  z.object({ type: z.literal('fallback'), stateMutability: mutability }),
  z.object({ type: z.literal('receive'), stateMutability: mutability }),
]);

const MOST_ENTRIES = 3000;

/** The entries of an ABI that another program has written, in the form of today; omits all others. */
export function readAbi(value: readonly unknown[]): Abi {
  return value.slice(0, MOST_ENTRIES).flatMap((one) => {
    const read = entry.safeParse(one).data;
    return read ? [read as Abi[number]] : [];
  });
}
