import { ROLES, type Role } from '../../shared/roles.ts';

/** How it is stored. */
export const bitOf = (role: Role): number => 1 << ROLES.indexOf(role);

export const rolesOf = (bits: number): Role[] => ROLES.filter((role) => bits & bitOf(role));
