import { ADDRESS } from '../../shared/hex.ts';

/** A run that put something at an address that no longer has it. */
export interface TakenBackRun {
  id: number;
  number: number;
  project: string;
}

/** Finds the last such run. */
export type TakenBackAt = (network: string, address: string) => TakenBackRun | undefined;

/** A sentence about an address that no longer has code; empty when no run ever put any there. */
export function takenBackNote(takenBackAt: TakenBackAt, network: string, text: string): string {
  const address = new RegExp(ADDRESS).exec(text)?.[0];
  const run = address && takenBackAt(network, address);
  if (!run) return '';
  const { project, number, id } = run;
  return ` ${project} #${number} had deployed it there, and a revert has taken that back: go forward again, or "drydock deploy" it once more (deployment ${id}).`;
}
