import { distinctNames } from '../../lib/distinct-names.ts';
import { commentOf, envName } from '../../lib/env-text.ts';
import type { Service } from '../../shared/result.ts';

/**
 * Where each service is reached: `SHOP_URL` and `SHOP_PORT`. One without a port is left out.
 *
 * @param about one line that says where the values come from
 */
export function servicesEnv(services: readonly Service[], about: string): string {
  const reached = services.filter(({ url }) => url !== null);
  // Names that differ only in case or punctuation are one in this spelling.
  const names = distinctNames(reached.map(({ name }) => envName(name, 'SERVICE')));
  const lines = reached.flatMap(({ url, port }, i) => [
    `${names[i]}_URL=${url}\n`,
    ...(port === null ? [] : [`${names[i]}_PORT=${port}\n`]),
  ]);
  return `# ${commentOf(about)}\n${lines.join('')}`;
}
