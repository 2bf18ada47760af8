import { createContext, useContext } from 'react';
import type { SuggestionGroup } from '../../../ui/suggest-field.tsx';

/** A unit in which amounts are typed, and what stands behind the number then: `1.5ether`, `2e6`. */
export interface AmountUnit {
  name: string;
  suffix: string;
}

/** What the fields of a form offer. */
export interface FormContext {
  addresses: readonly SuggestionGroup[];
  units: readonly AmountUnit[];
  /** Enter was pressed in a field. */
  onEnter?(): void;
}

export const usualUnits: readonly AmountUnit[] = [
  { name: '', suffix: '' },
  { name: 'gwei', suffix: 'gwei' },
  { name: 'ether', suffix: 'ether' },
];

export const AbiFormContext = createContext<FormContext>({ addresses: [], units: usualUnits });

export const useAbiForm = (): FormContext => useContext(AbiFormContext);
