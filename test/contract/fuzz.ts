import { setTimeout as sleep } from 'node:timers/promises';
import { ORPCError } from '@orpc/client';
import { createRouterClient } from '@orpc/server';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { App } from '#main/app.ts';
import { simpleContract } from '#main/doors/host/legacy/contract.ts';
import { simpleRouter } from '#main/doors/host/legacy/router.ts';
import { type DoorName, openDoor } from '#test/harness/doors.ts';
import { rounds, seed } from '#test/harness/rounds.ts';
import { inputs } from './arbitrary.ts';
import { examples, type Made, simpleExamples, slow, whyNoSuccess } from './examples.ts';
import { allProcedures } from './procedures.ts';
import { openWorld, type World } from './world.ts';

/** What is asked, and how. */
interface Face {
  name: string;
  procedures: ReturnType<typeof allProcedures>;
  examples: Record<string, Made>;
  /** How often the random part is tried in `npm test`. */
  usual: number;
  open(app: App): Promise<{ client: object } & Partial<AsyncDisposable>>;
}

const throughDoor = (name: DoorName, usual: number): Face => ({
  name,
  procedures: allProcedures(),
  examples,
  usual,
  open: (app) => openDoor(name, app),
});

/** Rounds in which junk meets a refusal of the operation's own. */
const ENOUGH = 30;

const faces: Face[] = [
  throughDoor('in-process', ENOUGH),
  // The same operations again: what differs is the way in.
  throughDoor('web socket', 8),
  {
    name: 'the plain API',
    usual: ENOUGH,
    procedures: allProcedures(simpleContract),
    examples: simpleExamples,
    open: async (app) => ({
      client: createRouterClient(simpleRouter(app.router), { context: app.context }),
    }),
  },
];

/** `value` and `refusal` are what must come; whichever comes of the others is fine. */
interface Attempt {
  input: unknown;
  expected?: 'value' | 'refusal';
}

type Call = (input: unknown, options: { signal: AbortSignal }) => Promise<unknown>;

const callOf = (client: object, path: string[]): Call =>
  path.reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], client) as Call;

/** A stream of an attempt that may have either end is given so long for its first value. */
const STREAM_MS = 30;

/** Calls, and reads the first value of a stream. Returns what it failed with. */
async function failureOf(call: Call, { input, expected }: Attempt): Promise<unknown> {
  const abort = new AbortController();
  try {
    const result = await call(input, { signal: abort.signal });
    const stream = result as Partial<AsyncIterator<unknown>> | null | undefined;
    if (typeof stream?.next !== 'function') return undefined;
    const first = stream.next().then(
      () => undefined,
      (error: unknown) => error,
    );
    return await (expected ? first : Promise.race([first, sleep(STREAM_MS)]));
  } catch (error) {
    return error;
  } finally {
    abort.abort();
  }
}

/** What procedures declare whatever they do. */
const common = [
  ...['BAD_INPUT', 'DATA_FOLDER_UNUSABLE', 'SECRETS_UNREADABLE', 'TOO_MANY_STREAMS'],
  'SCOPE_NEEDED',
];

export interface Junk {
  /** Whether there is a daemon. */
  docker: boolean;
  /** Whether a procedure gets any, by its name. */
  isFor(name: string): boolean;
}

/** Gives procedures what nobody would, through every door. */
export function fuzz({ docker, isFor }: Junk): void {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ docker });
  }, 120_000);
  afterAll(() => world?.[Symbol.asyncDispose](), 120_000);

  /** The test that the core has not survived: hundreds that wait for it would take hours. */
  let stuckIn: string | undefined;
  beforeEach(() => {
    if (stuckIn) throw new Error(`The core has returned nothing any more since "${stuckIn}".`);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    const returns = world.client.app.info().then(() => true);
    if (!(await Promise.race([returns, sleep(20_000, false)]))) stuckIn = task.name;
  }, 60_000);

  describe.each(faces)(
    'junk through $name',
    ({ name: face, procedures, examples, usual, open }) => {
      let opened: Awaited<ReturnType<Face['open']>>;
      beforeAll(async () => {
        opened = await open(world.app);
      });
      afterAll(() => opened?.[Symbol.asyncDispose]?.());

      const all = procedures.map((one) => ({ ...one, name: one.path.join('.') }));
      test.each(all.filter(({ name }) => isFor(name)))(
        '$name returns, or refuses with an error that it declares; both were seen',
        async ({ name, path, procedure }) => {
          await world.mend(name);
          const call = callOf(opened.client, path);
          const { errorMap: declared, inputSchema } = procedure['~orpc'];
          const made = (await examples[name]?.(world)) ?? {};
          const { good, wrong } = { good: undefined, ...made };
          const noSuccess = whyNoSuccess(name, { docker });

          const seen = { tried: 0, values: 0, codes: new Set<string>() };
          const judge = async (attempt: Attempt): Promise<void> => {
            const failure = await failureOf(call, attempt);
            seen.tried++;
            if (failure === undefined) {
              expect(attempt.expected, 'a refusal was expected').not.toBe('refusal');
              seen.values++;
              return;
            }
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
            expect(attempt.expected, `${failure.code}: ${failure.message}`).not.toBe('value');
            seen.codes.add(failure.code);
          };

          const first: Attempt[] = [
            ...(noSuccess ? [] : [{ input: good, expected: 'value' as const }]),
            ...(wrong ?? []).map((input) => ({ input, expected: 'refusal' as const })),
          ];
          const count = inputSchema ? Math.min(slow[name] ?? Infinity, rounds(usual, 2000)) : 2;
          await fc.assert(
            fc.asyncProperty(
              inputs(inputSchema, { known: world.known(path[0] as string), good }).map(
                (input): Attempt => ({ input }),
              ),
              judge,
            ),
            {
              seed,
              numRuns: first.length + count,
              examples: first.map((attempt) => [attempt]),
              endOnFailure: true,
            },
          );

          expect(seen.tried).toBe(first.length + count);
          if (!noSuccess) expect(seen.values).toBeGreaterThan(0);
          // Of what needs a daemon, that there is none is all that can be seen without one.
          const expectable = noSuccess ? common : [...common, 'ENGINE_UNAVAILABLE'];
          const own = Object.keys(declared).filter((code) => !expectable.includes(code));
          if (own.length > 0 && usual === ENOUGH && (inputSchema || noSuccess)) {
            expect(own.filter((code) => seen.codes.has(code))).not.toEqual([]);
          }
        },
      );

      test('the core is well after all of it', async () => {
        await world.mend();
        const { pid } = await world.client.app.info();
        expect(pid).toBe(process.pid);
        expect((await world.client.data.check()).problems).toEqual([]);
      });
    },
  );
}
