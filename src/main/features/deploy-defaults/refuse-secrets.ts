import { environmentOf } from '../../lib/environment.ts';
import { AppError } from '../../shared/errors.ts';
import { keysIn } from '../../shared/key-like.ts';
import type { KindInput } from '../../shared/kind.ts';

/**
 * Throws SECRET_ARGUMENT for values that their kind could not check whole, and that look like a
 * secret: they would be stored. The message contains none of them.
 */
export function refuseSecrets(inputs: readonly KindInput[], given: Record<string, unknown>): void {
  for (const { name, label, control } of inputs) {
    const texts = [given[name]].flat().filter((value) => typeof value === 'string');
    if (control === 'env') environmentOf(texts);
    if (!texts.some((text) => keysIn(text).length > 0)) continue;
    throw new AppError(
      'SECRET_ARGUMENT',
      `${label} looks like a secret, and would be stored. Leave it out, and give it with each deploy.`,
      { field: name },
    );
  }
}
