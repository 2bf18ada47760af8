import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { updates } from '../../build/packaging/updates.mjs';

const pemOf = (key: { export(options: { type: 'spki'; format: 'pem' }): string | Buffer }) =>
  key.export({ type: 'spki', format: 'pem' }).toString();
const key = pemOf(generateKeyPairSync('ed25519').publicKey);

test('without a feed or a key the app does not update itself, and that is said', () => {
  expect(updates({})).toEqual({
    ...{ publish: null, key: null },
    missing: [
      'The app will not update itself: DRYDOCK_UPDATE_URL or DRYDOCK_UPDATE_REPOSITORY and DRYDOCK_UPDATE_PUBLIC_KEY not set.',
    ],
  });
  expect(updates({ DRYDOCK_UPDATE_URL: 'https://example.org/' })).toMatchObject({ publish: null });
  expect(updates({ DRYDOCK_UPDATE_PUBLIC_KEY: key })).toMatchObject({ key: null });
});

test('the feed is an address, or the releases of a repository', () => {
  const env = { DRYDOCK_UPDATE_PUBLIC_KEY: key };
  expect(updates({ ...env, DRYDOCK_UPDATE_URL: 'https://example.org/' })).toEqual({
    ...{ publish: { provider: 'generic', url: 'https://example.org/' }, key, missing: [] },
  });
  expect(updates({ ...env, DRYDOCK_UPDATE_REPOSITORY: 'someone/drydock' }).publish).toEqual({
    ...{ provider: 'github', owner: 'someone', repo: 'drydock' },
  });
  expect(() => updates({ ...env, DRYDOCK_UPDATE_REPOSITORY: 'drydock' })).toThrow(/no owner\/name/);
});

test.each([
  ['no key', 'x'],
  ['of another kind', pemOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey)],
])('a key that is %s is refused before anything is packed', (_, pem) => {
  const env = { DRYDOCK_UPDATE_URL: 'https://example.org/', DRYDOCK_UPDATE_PUBLIC_KEY: pem };
  expect(() => updates(env)).toThrow(/DRYDOCK_UPDATE_PUBLIC_KEY is no ed25519 key/);
});
