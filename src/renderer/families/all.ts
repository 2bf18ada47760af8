import type { ResultFamily } from '#main/shared/kind.ts';
import { contracts } from './contracts/family.tsx';
import type { Family } from './family.ts';
import { services } from './services/family.tsx';

const families: readonly Family[] = [contracts, services];

/** How a family is shown. A family that this window doesn't know is shown as the first one. */
export const familyOf = (id: ResultFamily): Family =>
  families.find((family) => family.id === id) ?? contracts;
