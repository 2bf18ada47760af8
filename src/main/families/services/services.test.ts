import { describe, expect, test } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import type { Service, ServicesResult } from '../../shared/result.ts';
import { type AskContainer, checkEngine } from './check-engine.ts';
import { diffServices } from './diff.ts';
import { servicesEnv } from './services-env.ts';

const service = (extra: Partial<Service> = {}): Service => ({
  name: 'shop',
  url: 'http://127.0.0.1:3000',
  container: 'drydock-shop-1',
  containerId: 'c1',
  image: 'sha256:aa',
  port: 3000,
  health: 'healthy',
  release: 1,
  ...extra,
});
const result = (...services: Service[]): ServicesResult => ({ family: 'services', services });

describe('a comparison of services', () => {
  test('says what differs in each: image, address, port, health', () => {
    const a = result(service(), service({ name: 'worker', url: null, port: null }));
    const b = result(
      service({ image: 'sha256:bb', url: 'http://127.0.0.1:3001', port: 3001, health: 'stopped' }),
      service({ name: 'cache' }),
    );
    const { parts, same } = diffServices(a, b);
    expect(parts.services.map(({ name, changes }) => [name, changes])).toEqual([
      ['shop', ['image', 'url', 'port', 'health']],
      ['worker', ['removed']],
      ['cache', ['added']],
    ]);
    expect(same).toBe(false);
  });

  test('another container and release are no difference', () => {
    const again = service({ container: 'drydock-shop-2', containerId: 'c2', release: 2 });
    const { parts, same } = diffServices(result(service()), result(again));
    expect(parts.services).toMatchObject([{ a: { container: 'drydock-shop-1' }, changes: [] }]);
    expect(same).toBe(true);
  });

  test('a run of another family has started none', () => {
    expect(diffServices(null, result(service())).parts.services).toMatchObject([
      { name: 'shop', a: null, changes: ['added'] },
    ]);
    expect(diffServices(null, null)).toEqual({ facts: [], parts: { services: [] }, same: true });
  });
});

test('an environment names where each service is reached', () => {
  const services = [
    service({ name: 'my-shop' }),
    service({ name: 'my shop', url: 'http://127.0.0.1:4000', port: 4000 }),
    service({ name: 'worker', url: null, port: null }),
    service({ name: '2048', url: 'http://127.0.0.1:5000', port: null }),
  ];
  expect(servicesEnv(services, 'two\nlines')).toBe(
    '# two lines\nMY_SHOP_URL=http://127.0.0.1:3000\nMY_SHOP_PORT=3000\nMY_SHOP_2_URL=http://127.0.0.1:4000\nMY_SHOP_2_PORT=4000\nSERVICE_2048_URL=http://127.0.0.1:5000\n',
  );
});

describe('a live check of services', () => {
  const run = (...services: Service[]) => ({
    ...{ id: 1, target: 'docker', live: true, summary: null },
    result: result(...services),
  });
  const check = (ask: AskContainer) =>
    checkEngine(ask, run(service(), service({ name: 'worker', containerId: 'c2' })));

  test('tells all, some and none', async () => {
    const running = { state: 'running', health: null };
    expect(await check(async () => running)).toMatchObject({ live: 'all', problem: null });
    const some = await check(async (id) =>
      id === 'c1' ? { ...running, health: 'starting' } : null,
    );
    expect(some).toMatchObject({
      live: 'some',
      services: [
        { name: 'shop', health: 'starting' },
        { name: 'worker', health: 'stopped' },
      ],
    });
    expect(await check(async () => ({ state: 'exited', health: null }))).toMatchObject({
      live: 'none',
    });
    expect(await checkEngine(async () => running, run())).toMatchObject({
      live: 'none',
      problem: 'It started no service.',
    });
  });

  test('says why nothing is known when there is no engine to ask', async () => {
    const silent = check(async () => {
      throw new AppError('ENGINE_UNAVAILABLE', 'Docker does not respond.');
    });
    expect(await silent).toMatchObject({
      live: 'unknown',
      problem: 'Docker does not respond.',
      services: [{ health: null }, { health: null }],
    });
  });
});
