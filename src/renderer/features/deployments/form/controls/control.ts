import { isAsKept, type ShownInput } from '../../request/shown-inputs.ts';
import type { StartProblem } from '../start-problem.ts';

/** The properties of every control of the form. */
export interface ControlProps {
  project: number;
  /** Name of the target. */
  target: string;
  shown: ShownInput;
  /** Why a deployment with its value was not started. */
  problem: StartProblem | null;
  onChange(value: unknown): void;
}

/** What stands beside the label of a field. */
export function noteOf({ shown, target }: ControlProps): string | undefined {
  if (isAsKept(shown)) return `default for ${target}`;
  return shown.input.required ? undefined : 'optional';
}

/** A value as the text of its field. */
export const textOf = (value: unknown): string =>
  Array.isArray(value) ? value.map(String).join('\n') : value === undefined ? '' : String(value);
