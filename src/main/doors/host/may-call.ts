import type { Call } from '../../lib/declared-errors.ts';
import type { Access, NamedToken } from '../../shared/access.ts';
import { AppError } from '../../shared/errors.ts';
import { holds, type Scope } from '../../shared/scope.ts';

/** Rejects with SCOPE_NEEDED, also when the token is not valid any more. */
export async function assertMayCall(
  token: NamedToken,
  call: Call,
  { access, scopeOf }: { access: Access; scopeOf: (call: Call) => Promise<Scope> },
): Promise<void> {
  const { name, scope } = token;
  if (!access.isValid(token)) {
    throw new AppError(
      'SCOPE_NEEDED',
      `The token ${name} is not valid any more. Make another with "drydock token create".`,
    );
  }
  const needed = await scopeOf(call);
  if (holds(scope, needed)) return;
  throw new AppError(
    'SCOPE_NEEDED',
    `The token ${name} has the scope ${scope}, and ${call.procedure} needs ${needed} here. Make one that has it with "drydock token create <name> --scope ${needed}".`,
  );
}
