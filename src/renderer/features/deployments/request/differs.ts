import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { inputOf } from './request-input.ts';
import type { ShownInput } from './shown-inputs.ts';

/** What is chosen by itself as long as nothing is entered: nothing entered is no difference then. */
const choosesItself = new Set(['entry', 'call', 'account', 'switch', 'choice']);

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0);

/** Whether the form would deploy something else, or elsewhere, than the run did. */
export function differsFrom(
  form: { shown: readonly ShownInput[]; target: { name: string } },
  run: Pick<DeploymentDetail, 'target' | 'input'>,
): boolean {
  if (form.target.name !== run.target) return true;
  const entered = inputOf(form.shown);
  return form.shown.some(({ input: { name, control, secret } }) => {
    if (secret) return false;
    const own = entered[name];
    const its = run.input[name];
    if (isEmpty(own)) return !choosesItself.has(control) && !isEmpty(its);
    return JSON.stringify(own) !== JSON.stringify(its);
  });
}
