import { z } from 'zod';
import { type AddInput, addInput } from '#main/features/contracts/contract.ts';
import { typedText } from '../../../core/forms/texts.ts';

const wrongAbi = 'JSON of an ABI as a compiler writes it, or the file around it';

/** An ABI by itself, or in what a compiler writes around it; undefined: it is neither. */
export function abiIn(text: string): NonNullable<AddInput['abi']> | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    const abi = Array.isArray(value) ? value : (value as { abi?: unknown } | null)?.abi;
    const read = addInput.shape.abi.safeParse(abi);
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/** What is typed to add a contract: its ABI, or the name of a compiled contract that it is one of. */
export const addedFields = z
  .object({
    network: z.string(),
    address: typedText(addInput.shape.address),
    name: typedText(addInput.shape.name),
    from: z.enum(['abi', 'artifact']),
    abi: z.string(),
    artifact: z.string().trim(),
  })
  .superRefine(({ from, abi, artifact }, context) => {
    if (from === 'abi' && abiIn(abi) === undefined) {
      context.addIssue({ code: 'custom', path: ['abi'], message: wrongAbi });
    }
    if (from === 'artifact' && artifact === '') {
      context.addIssue({ code: 'custom', path: ['artifact'], message: 'such as vault.Token' });
    }
  })
  .transform(
    ({ network, address, name, from, abi, artifact }): AddInput => ({
      ...{ network, address, name },
      ...(from === 'abi' ? { abi: abiIn(abi) } : { artifact }),
    }),
  );
