/** What an address has to do with a transaction. */
export const ROLES = ['sent', 'received', 'created', 'called'] as const;
export type Role = (typeof ROLES)[number];
