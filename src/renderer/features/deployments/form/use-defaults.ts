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

/** Keeps what a form holds for its target, or forgets it. The form shows what is wrong with it. */
export function useDefaults(project: number, request: DeployRequest) {
  const target = request.target.name;
  const { send: keep } = useCommand(
    async () => {
      try {
        await client.deployDefaults.set({ project, target, input: keepable(request) });
        showDefaults(project, target);
        toast.success(`Deploys to ${target} begin with this from now on`);
      } catch (error) {
        showStartProblem(project, startProblemOf(problemOf(error)));
        throw error;
      }
    },
    { inPlace: true },
  );
  const { send: forget } = useCommand(async () => {
    await client.deployDefaults.remove({ project, target });
    toast.success(`Deploys to ${target} begin as usual again`);
  });
  return { keep: () => void keep(undefined), forget: () => void forget(undefined) };
}
