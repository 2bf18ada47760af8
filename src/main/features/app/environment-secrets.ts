import { proxies } from '../../lib/proxies.ts';
import { KnownSecrets } from '../../lib/secrets/known-secrets.ts';
import { secretsOf } from '../../lib/secrets/secret-variables.ts';

/** What the environment alone holds, with the addresses of proxies and of Redis. */
export function environmentSecrets(): KnownSecrets {
  const values = secretsOf(Object.entries({ ...process.env, ...proxies() }));
  const secrets = new KnownSecrets();
  secrets.add(() => values);
  return secrets;
}
