import { createRouterClient, os } from '@orpc/server';
import { pino } from 'pino';
import { expect, expectTypeOf, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { openCore } from './app/open-core.ts';
import { type Core, feature, type Together, type Use } from './feature.ts';
import { FeatureList } from './feature-list.ts';

/** A data folder that is open for the test alone. */
async function aCore() {
  const folder = await temporaryFolder();
  const core = await openCore({ home: folder.path, logger: pino({ level: 'silent' }) });
  return {
    core,
    async [Symbol.asyncDispose]() {
      core.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Three that use each other, and note what becomes of them. */
function three() {
  const seen: string[] = [];
  const noted = <Name extends string>(name: Name) => ({
    name,
    stop: () => void seen.push(`stop ${name}`),
    close: () => void seen.push(`close ${name}`),
  });
  const first = feature({
    ...noted('first'),
    make(_, __: Core, { tell }: Together) {
      seen.push('make first');
      return { tell, number: 1 };
    },
  });
  const second = feature({
    ...noted('second'),
    async make(needs: Use<{ first: { number: number } }>) {
      seen.push('make second');
      return { number: (await needs.first).number + 1 };
    },
    on: { 'project.added': (_, { project }) => void seen.push(`second hears of ${project.name}`) },
    reconcile: () => [async () => ['second was repaired']],
  });
  const third = feature({
    ...noted('third'),
    async make(needs: Use<{ second: { number: number } }>, _: Core, { passes }: Together) {
      seen.push('make third');
      return { number: (await needs.second).number + 1, passes };
    },
    router: (made) => ({ get: os.handler(() => made.number) }),
    async makeReady({ passes }) {
      for (const pass of await passes()) seen.push(...(await pass()));
    },
  });
  return { seen, first, second, third };
}

const event = {
  seq: 1,
  at: 0,
  type: 'project.added' as const,
  project: { id: 1, name: 'vault' },
};

test('all are made in the order of the list, and closed in the reverse one', async () => {
  await using opened = await aCore();
  const { seen, first, second, third } = three();
  const open = new FeatureList().add(first).add(second).add(third).open(opened.core);
  await open.prepare();
  expect(seen).toEqual(['make first', 'make second', 'make third', 'second was repaired']);
  seen.length = 0;
  await open.close();
  expect(seen).toEqual([
    ...['stop first', 'stop second', 'stop third'],
    ...['close third', 'close second', 'close first'],
  ]);
});

test('closed while it is being prepared, it ends what is there and makes nothing more', async () => {
  await using opened = await aCore();
  const { seen, first, second, third } = three();
  const stopped = Promise.withResolvers<string[]>();
  const held = feature({
    name: 'held',
    make: () => void seen.push('make held'),
    // As a reconciliation that ends when its feature is stopped.
    reconcile: () => [() => stopped.promise],
    stop: () => stopped.resolve(['held was interrupted']),
    start: () => void seen.push('start held'),
  });
  const open = new FeatureList().add(first).add(second).add(held).add(third).open(opened.core);
  const prepared = open.prepare();
  await expect.poll(() => seen).toContain('second was repaired');
  await open.close();
  await prepared;
  expect(seen).toContain('held was interrupted');
  expect(seen).not.toContain('start held');

  const early = new FeatureList().add(first).add(second).open(opened.core);
  seen.length = 0;
  const none = early.prepare();
  await early.close();
  await none;
  expect(seen).toEqual(['make first', 'stop first', 'close first']);
});

test('one that can not be made is told by the preparing, and the others are closed', async () => {
  await using opened = await aCore();
  const { seen, first } = three();
  const broken = feature({
    name: 'broken',
    make(): number {
      throw new Error('no room');
    },
  });
  const open = new FeatureList().add(first).add(broken).open(opened.core);
  await expect(open.prepare()).rejects.toThrow('no room');
  await open.close();
  expect(seen).toEqual(['make first', 'stop first', 'close first']);
});

test('one that is asked for brings those that it uses, and no other', async () => {
  await using opened = await aCore();
  const { seen, first, second, third } = three();
  const open = new FeatureList().add(first).add(second).add(third).open(opened.core);
  expect(await open.get('second')).toEqual({ number: 2 });
  expect(seen).toEqual(['make second', 'make first']);
  await open.close();
  expect(seen.slice(2)).not.toContain('close third');
});

test('a first call makes its feature, and the records true before it is served', async () => {
  await using opened = await aCore();
  const { seen, first, second, third } = three();
  const open = new FeatureList().add(first).add(second).add(third).open(opened.core);
  const client = createRouterClient(open.router);
  expect(seen).toEqual([]);
  expect(await client.third.get()).toBe(3);
  expect(seen.at(-1)).toBe('second was repaired');
  expect(await client.third.get()).toBe(3);
  expect(seen.filter((line) => line === 'second was repaired')).toHaveLength(1);
  await open.close();
});

test('an event wakes those that listen to it, and is heard before the end', async () => {
  await using opened = await aCore();
  const { seen, first, second, third } = three();
  const open = new FeatureList().add(first).add(second).add(third).open(opened.core);
  (await open.get('first')).tell(event);
  await open.close();
  expect(seen).toEqual([
    ...['make first', 'make second', 'second hears of vault'],
    ...['stop first', 'stop second', 'close second', 'close first'],
  ]);
});

test('a list in the wrong order is an error of types, and nothing is there before its turn', async () => {
  await using opened = await aCore();
  const { first, second } = three();
  // @ts-expect-error: second uses first.
  const wrong = new FeatureList().add(second).add(first).open(opened.core);
  await expect(wrong.get('second')).rejects.toThrow(TypeError);
  const right = new FeatureList().add(first).add(second);
  expectTypeOf(right.open(opened.core).get('second')).resolves.toEqualTypeOf<{ number: number }>();
});
