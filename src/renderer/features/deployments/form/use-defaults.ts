import { EVERY_TARGET } from '#main/shared/kept-defaults.ts';
import { client } from '../../../core/client.ts';
import { useCommand } from '../../../core/commands/use-command.ts';
import { problemOf } from '../../../core/problems/problem.ts';
import { toast } from '../../../ui/toast.ts';
import { showDefaults } from '../request/deploy-draft.ts';
import type { DeployRequest } from '../request/use-request.ts';
import { showStartProblem, startProblemOf } from './start-problem.ts';

/** What of a form can be kept: no secret, and none of what only was kept before. */
function keepable({ kind, kept, start }: DeployRequest): Record<string, unknown> {
  const secret = new Set(kind.inputs.filter((one) => one.secret).map(({ name }) => name));
  const gone = Object.keys(kept).map((name): [string, unknown] => [name, null]);
  const input = { ...Object.fromEntries(gone), ...start.input };
  return Object.fromEntries(Object.entries(input).filter(([name]) => !secret.has(name)));
}

/**
 * Keeps what a form holds, for its target or for all of them, or forgets it. The form shows what is
 * wrong with it.
 */
export function useDefaults(project: number, request: DeployRequest) {
  const here = request.target.name;
  const { send: keep } = useCommand(
    async (target: string) => {
      try {
        await client.deployDefaults.set({ project, target, input: keepable(request) });
        showDefaults(project, here);
        toast.success(`${deploysTo(target)} begin with this from now on`);
      } catch (error) {
        showStartProblem(project, startProblemOf(problemOf(error)));
        throw error;
      }
    },
    { inPlace: true },
  );
  const { send: forget } = useCommand(async (target: string) => {
    await client.deployDefaults.remove({ project, target });
    toast.success(`${deploysTo(target)} begin as usual again`);
  });
  return {
    keep: () => void keep(here),
    keepForAll: () => void keep(EVERY_TARGET),
    forget: () => void forget(here),
    forgetForAll: () => void forget(EVERY_TARGET),
  };
}

const deploysTo = (target: string): string =>
  target === EVERY_TARGET ? 'All deploys' : `Deploys to ${target}`;
