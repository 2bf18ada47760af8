import type { Abi } from 'viem';
import { z } from 'zod';

interface Parameter {
  name: string;
  type: string;
  internalType?: string;
  components?: Parameter[];
}

/** Names end up in lines of text and in code that is copied: an ABI is a file of anybody's. */
const name = z.string().regex(/^[A-Za-z_$][\w$]*$/);
const parameterName = name.catch('');
const type = z
  .string()
  .max(200)
  .regex(/^[\x20-\x7e]+$/);

const parameter: z.ZodType<Parameter> = z.object({
  name: parameterName,
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
    name,
    inputs: parameters,
    outputs: parameters,
    stateMutability: mutability,
  }),
  z.object({ type: z.literal('error'), name, inputs: parameters }),
  z.object({
    type: z.literal('event'),
    name,
    inputs: z
      .array(
        z.object({
          ...{ name: parameterName, type, indexed: z.boolean().default(false) },
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
