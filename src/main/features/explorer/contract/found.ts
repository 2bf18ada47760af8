import { z } from 'zod';

export const found = z.object({
  kind: z.enum(['transaction', 'block', 'address', 'contract']),
  value: z.string().describe('the hash, number or address; of a contract, its address'),
  title: z.string(),
});
export type Found = z.infer<typeof found>;
