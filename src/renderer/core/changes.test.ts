import { expect, it } from 'vitest';
import { affected } from './changes.ts';
import { api } from './client.ts';
import type { Feature } from './feature/feature.ts';

const features: Feature[] = [
  {
    name: 'chains',
    touches: {
      snapshots: (key) => [
        api.chains.snapshots.key({ input: typeof key === 'string' ? { chain: key } : undefined }),
      ],
    },
  },
  { name: 'history', touches: { snapshots: () => [api.history.key()] } },
  { name: 'doctor' },
];

it('touches one chain when the change names it, every chain otherwise', () => {
  const keys = affected(features, { topic: 'snapshots', key: 'local' });
  expect(keys).toEqual([
    api.chains.snapshots.key({ input: { chain: 'local' } }),
    api.history.key(),
  ]);
  expect(JSON.stringify(affected(features, { topic: 'snapshots' }))).not.toContain('"chain"');
});

it('asks again for what the window itself shows, whatever features there are', () => {
  expect(affected([], { topic: 'settings' })).toEqual([api.app.info.key()]);
  expect(affected(features, { topic: 'webhooks' })).toEqual([]);
});
