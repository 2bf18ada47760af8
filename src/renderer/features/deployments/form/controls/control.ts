import type { ShownInput } from '../../request/shown-inputs.ts';
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

/** A value as the text of its field. */
export const textOf = (value: unknown): string =>
  Array.isArray(value) ? value.map(String).join('\n') : value === undefined ? '' : String(value);
