import { expect, test } from 'vitest';
import { signing } from '../../build/packaging/signing.mjs';

test('nothing is signed without a certificate, and that is said', () => {
  const mac = signing('mac', { APPLE_ID: 'me', CSC_LINK: '' });
  expect(mac).toMatchObject({ signs: false, notarises: false });
  expect(mac.skipped).toEqual([
    expect.stringContaining('CSC_LINK; or CSC_NAME'),
    expect.stringContaining('it needs a signature, and APPLE_API_KEY'),
  ]);
  expect(signing('win', {}).skipped).toEqual(['Not signed: set WIN_CSC_LINK; or CSC_LINK.']);
});

test('notarising takes one whole set of variables besides', () => {
  const half = signing('mac', { CSC_LINK: 'file', APPLE_API_KEY: 'key' });
  expect(half).toMatchObject({ signs: true, notarises: false });
  expect(half.skipped).toHaveLength(1);
  const whole = { CSC_NAME: 'name', APPLE_KEYCHAIN_PROFILE: 'profile' };
  expect(signing('mac', whole)).toEqual({ signs: true, notarises: true, skipped: [] });
});

test('no secret is in what is said', () => {
  const { skipped } = signing('mac', { CSC_LINK: 'a secret', APPLE_ID: 'another secret' });
  expect(skipped.join()).not.toContain('secret');
});

test('packages of Linux are signed by whoever publishes them', () => {
  expect(signing('linux', {})).toEqual({ signs: false, notarises: false, skipped: [] });
});
