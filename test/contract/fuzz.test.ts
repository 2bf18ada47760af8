import { setTimeout as sleep } from 'node:timers/promises';
import { ORPCError } from '@orpc/client';
import { createRouterClient } from '@orpc/server';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '#main/app.ts';
import { simpleContract } from '#main/doors/host/simple/contract.ts';
import { simpleRouter } from '#main/doors/host/simple/router.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, type DoorName, openDoor } from '#test/harness/doors.ts';
import { copyFixture, type Fixture } from '#test/harness/fixture.ts';
import { inputs } from './arbitrary.ts';
import { allProcedures } from './procedures.ts';

// Nothing of a daemon that happens to be here may be built or removed.
process.env.DOCKER_HOST = 'unix:///nobody/listens/here';

const RUNS = 60;
/** A procedure that does real work, such as starting a chain, gets fewer of them. */
const WORK_FOR_MS = 400;

/** What is asked, and how. */
interface Face {
  name: string;
  procedures: ReturnType<typeof allProcedures>;
  open(app: App): Promise<{ client: object } & Partial<AsyncDisposable>>;
}

const throughDoor = (name: DoorName): Face => ({
  name,
  procedures: allProcedures(),
  open: (app) => openDoor(name, app),
});

const faces: Face[] = [
  throughDoor('in-process'),
  throughDoor('web socket'),
  {
    name: 'the plain API',
    procedures: allProcedures(simpleContract),
    open: async (app) => ({
      client: createRouterClient(simpleRouter(app), { context: app.context }),
    }),
  },
];

type Call = (input: unknown, options: { signal: AbortSignal }) => Promise<unknown>;

const callOf = (client: object, path: string[]): Call =>
  path.reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], client) as Call;

/** Calls, and reads the first value of a stream if one comes soon. Answers what it failed with. */
async function failureOf(call: Call, input: unknown): Promise<unknown> {
  const abort = new AbortController();
  try {
    const answer = await call(input, { signal: abort.signal });
    const stream = answer as Partial<AsyncIterator<unknown>> | null | undefined;
    if (typeof stream?.next !== 'function') return undefined;
    const first = stream.next().then(
      () => undefined,
      (error: unknown) => error,
    );
    return await Promise.race([first, sleep(30)]);
  } catch (error) {
    return error;
  } finally {
    abort.abort();
  }
}

describe.each(faces)('junk through $name', ({ name: face, procedures, open }) => {
  let core: TestApp;
  let project: Fixture;
  let client: Client;
  let opened: Awaited<ReturnType<Face['open']>>;
  let known: string[];

  beforeAll(async () => {
    core = await openTestApp();
    project = await copyFixture('token-vault');
    client = (await openDoor('in-process', core.app)).client;
    opened = await open(core.app);
    const { name } = await client.projects.add({ path: project.folder });
    await client.networks.save({ name: 'fork', kind: 'fork', url: 'http://127.0.0.1:9' });
    await client.networks.save({ name: 'far', kind: 'remote', url: 'http://127.0.0.1:9' });
    known = ['local', 'local', 'fork', 'far', name, name, project.folder, '1', 'latest'];
  });

  afterAll(async () => {
    await opened?.[Symbol.asyncDispose]?.();
    await core?.[Symbol.asyncDispose]();
    await project?.[Symbol.asyncDispose]();
  });

  test.each(procedures.map((one) => ({ ...one, name: one.path.join('.') })))(
    '$name answers or refuses with an error that it declares',
    async ({ path, procedure }) => {
      const call = callOf(opened.client, path);
      const declared = procedure['~orpc'].errorMap;
      const until = performance.now() + WORK_FOR_MS;
      await fc.assert(
        fc.asyncProperty(inputs(procedure['~orpc'].inputSchema, known), async (input) => {
          if (performance.now() > until) return;
          const failure = await failureOf(call, input);
          if (failure === undefined) return;
          if (!(failure instanceof ORPCError)) throw failure;
          // What would reach a prototype gets no further than the decoder of the socket.
          if (face === 'web socket' && failure.code === 'BAD_REQUEST') {
            expect(failure.status).toBe(400);
            return;
          }
          expect(Object.keys(declared), failure.message).toContain(failure.code);
          expect(failure.defined).toBe(true);
          expect(failure.status).toBe(declared[failure.code]?.status);
          expect(failure.message).not.toBe('');
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
    },
  );

  test('the core is well after all of it', async () => {
    const { pid } = await client.app.info();
    expect(pid).toBe(process.pid);
    expect((await client.projects.add({ path: project.folder })).path).toBe(project.folder);
  });
});
