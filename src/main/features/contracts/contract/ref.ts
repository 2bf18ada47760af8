import { z } from 'zod';

export const network = z.string().min(1).max(200).default('local').describe('name of a network');

export const contractRef = z.object({
  network,
  contract: z
    .string()
    .min(1)
    .max(500)
    .describe('address, label, name, or what the project calls it; with its project: vault.Token'),
});
export type ContractRef = z.infer<typeof contractRef>;
