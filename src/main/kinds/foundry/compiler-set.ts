import { fits, fitsAll, type Requirement, type Unit } from './requirement.ts';

/** The smallest set of compilers for a run, and what none of them can compile. */
export interface CompilerSet<T> {
  /** The script's compiler first; each once. */
  compilers: T[];
  unmet: Unit[];
}

/** Prefers earlier candidates: one compiler for everything, if possible. */
export function compilersFor<T extends { version: string }>(
  requirement: Requirement,
  candidates: readonly T[],
): CompilerSet<T> {
  const one = candidates.find(({ version }) => fitsAll(version, requirement));
  if (one) return { compilers: [one], unmet: [] };
  const chosen: T[] = [];
  const unmet: Unit[] = [];
  for (const unit of requirement.units) {
    const doesIt = ({ version }: T) => fits(version, unit);
    if (chosen.some(doesIt)) continue;
    const next = candidates.find(doesIt);
    if (next) chosen.push(next);
    else unmet.push(unit);
  }
  return { compilers: chosen, unmet };
}
