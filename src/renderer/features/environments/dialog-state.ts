import { create } from 'zustand';
import type { Variable } from '#main/features/environments/contract.ts';

/** A variable that is kept or changed, or a file that is imported. */
export type EnvironmentDialog = {
  project: { id: number; name: string };
  /** Name of the network, or of the engine, that is in view. */
  target: string;
} & ({ what: 'variable'; variable: Variable | null; name?: string } | { what: 'import' });

export const useEnvironmentDialog = create<{ dialog: EnvironmentDialog | null }>(() => ({
  dialog: null,
}));

export const openEnvironmentDialog = (dialog: EnvironmentDialog): void =>
  useEnvironmentDialog.setState({ dialog });

export const closeEnvironmentDialog = (): void => useEnvironmentDialog.setState({ dialog: null });
