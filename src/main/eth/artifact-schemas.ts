import { z } from 'zod';
import type { Compilation, CompilerStorageLayout } from './artifact.ts';

/** A file may hold anything in their places. */
const decimal = z.string().regex(/^\d{1,78}$/);

const member = z.object({
  label: z.string(),
  offset: z.int().min(0).max(31),
  slot: decimal,
  type: z.string(),
});

const storageLayout: z.ZodType<CompilerStorageLayout> = z.object({
  storage: z.array(member.extend({ contract: z.string() })),
  // null when there are no variables.
  types: z
    .record(
      z.string(),
      z.object({
        encoding: z.string(),
        label: z.string(),
        numberOfBytes: decimal,
        base: z.string().optional(),
        key: z.string().optional(),
        value: z.string().optional(),
        members: z.array(member).optional(),
      }),
    )
    .nullish()
    .transform((types) => types ?? {}),
});

const settings = z.object({
  optimizer: z
    .object({ enabled: z.boolean().default(false), runs: z.number().nullish() })
    .optional()
    .catch(undefined),
  viaIR: z.boolean().optional().catch(undefined),
  evmVersion: z.string().optional().catch(undefined),
  remappings: z.array(z.string()).optional().catch(undefined),
});

/** The layout in a compiler's output; null for none, or anything else. */
export const readLayout = (value: unknown): CompilerStorageLayout | null =>
  storageLayout.safeParse(value).data ?? null;

/** @param value the settings in a compiler's input or metadata */
export function readCompilation(version: string | undefined, value: unknown): Compilation | null {
  if (version === undefined) return null;
  const { optimizer, viaIR, evmVersion, remappings } = settings.safeParse(value ?? {}).data ?? {};
  return {
    version,
    optimizer: optimizer ? { enabled: optimizer.enabled, runs: optimizer.runs ?? null } : null,
    // Compilers before it know no such setting, and write it down only when it is on.
    viaIr: viaIR ?? false,
    evmVersion: evmVersion ?? null,
    ...(remappings && remappings.length > 0 ? { remappings } : {}),
  };
}
