import { createRouterClient } from '@orpc/server';
import type { App } from '../../app.ts';
import type { Call } from '../../lib/declared-errors.ts';
import type { Scope } from '../../shared/scope.ts';
import { plainScopes } from './legacy/needed-scopes.ts';
import { neededScopes, starting } from './needed-scopes.ts';

type Fields = Record<string, unknown>;

const table: Partial<Record<string, Scope>> = { ...neededScopes, ...plainScopes };

/**
 * The scope that a call needs: that of its operation, more where it trusts a folder or starts
 * something on a network that others see.
 */
export function scopesOfCalls(app: Pick<App, 'router' | 'context'>) {
  const core = createRouterClient(app.router, { context: app.context });

  async function isRemote(target: unknown): Promise<boolean> {
    if (typeof target !== 'string') return false;
    const found = await core.networks.get({ name: target }).catch(() => null);
    return found?.kind === 'remote';
  }

  async function startsLive(input: Fields): Promise<boolean> {
    const { target, id, changes } = input;
    const run =
      id === undefined ? null : await core.deployments.get({ id: Number(id) }).catch(() => null);
    const targets = [target, run?.target, fieldsOf(changes).target];
    return (await Promise.all(targets.map(isRemote))).includes(true);
  }

  return async ({ procedure, input, changes }: Call): Promise<Scope> => {
    const needed = table[procedure] ?? (changes ? 'admin' : 'read');
    const fields = fieldsOf(input);
    const trusts = [fields.trust, fieldsOf(fields.changes).trust].some(
      (trust) => trust === true || trust === 'true',
    );
    if (trusts) return 'admin';
    return starting.has(procedure) && (await startsLive(fields)) ? 'live' : needed;
  };
}

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};
