import { z } from 'zod';
import { abiSource } from '#main/features/abi-sources/contract.ts';
import { type AddInput, addInput } from '#main/features/contracts/contract/listed.ts';
import { optionalText, typedText } from '../../../core/forms/texts.ts';

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

/** What is typed to add a contract: its ABI, the name of a compiled contract that it is one of, or
 * where it is verified. */
export const addedFields = z
  .object({
    network: z.string(),
    address: typedText(addInput.shape.address),
    name: optionalText(addInput.shape.name.unwrap()),
    from: z.enum(['abi', 'artifact', ...abiSource.options]),
    abi: z.string(),
    artifact: z.string().trim(),
  })
  .superRefine(({ from, name, abi, artifact }, context) => {
    // Compilers and Sourcify tell one.
    if (name === undefined && (from === 'abi' || from === 'etherscan')) {
      context.addIssue({ code: 'custom', path: ['name'], message: 'such as Weth' });
    }
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
      ...(from === 'abi' ? { abi: abiIn(abi) } : from === 'artifact' ? { artifact } : { from }),
    }),
  );
