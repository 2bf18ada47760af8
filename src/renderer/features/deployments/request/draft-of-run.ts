import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import type { KindInfo } from '#main/shared/kind.ts';
import type { DeployDraft } from './deploy-draft.ts';

/** The deploy form filled with a run's request; sending it retries that run. */
export function draftOfRun(
  run: Pick<DeploymentDetail, 'id' | 'number' | 'target' | 'input' | 'priority'>,
  { inputs }: Pick<KindInfo, 'inputs'>,
  before: DeployDraft,
): DeployDraft {
  const keys = new Map<string, string>();
  const values: Record<string, unknown> = { ...before.values };
  for (const { name, of } of inputs) {
    // As `shownInputs` makes them: with the entry, and the call where there is one.
    const parent = of === undefined ? undefined : keys.get(of);
    const value = run.input[name];
    values[parent === undefined ? name : `${name} ${parent}`] = value;
    keys.set(name, parent === undefined ? String(value) : `${parent} ${String(value)}`);
  }
  return {
    values,
    typed: { ...before.typed, [run.target]: Object.keys(values) },
    priority: run.priority === 0 ? undefined : run.priority,
    replaceWaiting: before.replaceWaiting,
    retryOf: { id: run.id, number: run.number },
  };
}
