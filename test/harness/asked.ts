import type { z } from 'zod';
import type { StartInput } from '#main/features/deployments/contract.ts';
import type { foundryInput } from '#main/kinds/foundry/input.ts';

/** A request to run a script, in one piece. */
export type Asked = Omit<StartInput, 'target' | 'input'> & { target?: string } & z.infer<
    typeof foundryInput
  >;

/** In the form of `deployments.start`; to `local` by default. */
export function asked(request: Asked): StartInput {
  const { project, target = 'local', priority, replaceWaiting, trigger, trust, ...input } = request;
  return { project, target, input, priority, replaceWaiting, trigger, trust };
}
