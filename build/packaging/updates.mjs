import { createPublicKey } from 'node:crypto';
import { SetupError } from '../lib/project.mjs';

/**
 * Where installed apps look for newer versions, and the key that those are signed with, from the
 * environment. Both or none: `missing` says what there isn't.
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ publish: object | null; key: string | null; missing: string[] }}
 */
export function updates(env) {
  const publish = feed(env);
  const { DRYDOCK_UPDATE_PUBLIC_KEY: pem } = env;
  const missing = [];
  if (!publish) missing.push('DRYDOCK_UPDATE_URL or DRYDOCK_UPDATE_REPOSITORY');
  if (!pem) missing.push('DRYDOCK_UPDATE_PUBLIC_KEY');
  if (!publish || !pem) {
    const line = `The app will not update itself: ${missing.join(' and ')} not set.`;
    return { publish: null, key: null, missing: [line] };
  }
  return { publish, key: publicKey(pem), missing: [] };
}

/** @param {NodeJS.ProcessEnv} env */
function feed({ DRYDOCK_UPDATE_URL: url, DRYDOCK_UPDATE_REPOSITORY: repository }) {
  if (url) return { provider: 'generic', url };
  if (!repository) return null;
  const [owner, repo, ...more] = repository.split('/');
  if (!owner || !repo || more.length > 0) {
    throw new SetupError(`DRYDOCK_UPDATE_REPOSITORY is "${repository}", and no owner/name.`);
  }
  return { provider: 'github', owner, repo };
}

/** @param {string} pem */
function publicKey(pem) {
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType !== 'ed25519') throw new Error(`it is ${key.asymmetricKeyType}`);
    return key.export({ type: 'spki', format: 'pem' }).toString();
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new SetupError(`DRYDOCK_UPDATE_PUBLIC_KEY is no ed25519 key as PEM: ${reason}.`);
  }
}
