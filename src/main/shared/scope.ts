/** What an API token may do; each scope holds those before it. */
export const scopes = ['read', 'deploy', 'live', 'admin'] as const;
export type Scope = (typeof scopes)[number];

/** Whether a token of one scope may do what needs another. */
export const holds = (given: Scope, needed: Scope): boolean =>
  scopes.indexOf(given) >= scopes.indexOf(needed);
