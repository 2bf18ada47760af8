import type { Scope } from '../../../shared/scope.ts';

/** What the plain face calls may need more. */
export const plainScopes = {
  deploy: 'deploy',
  publish: 'deploy',
  'cache.clear': 'deploy',
  'foundryCache.clear': 'deploy',
} as const satisfies Record<string, Scope>;
