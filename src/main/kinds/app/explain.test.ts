import { expect, test } from 'vitest';
import { type About, buildFailed, endedEarly, noResponse, portUnknown } from './explain.ts';

const about = (more: Partial<About> & { said?: string[] } = {}): About => {
  const { said = [], ...rest } = more;
  return {
    deployment: 7,
    dockerfile: 'Dockerfile',
    exposed: [3000],
    port: 3000,
    path: null,
    reduced: true,
    lines: said.map((text, n) => ({ seq: n + 10, text })),
    ...rest,
  };
};

test.each([
  [
    'BUILD_COMMAND_FAILED',
    ['Step 3/4 : RUN npm ci', "The command '/bin/sh -c npm ci' returned a non-zero code: 1"],
    11,
    'npm ci',
  ],
  [
    'BUILD_COMMAND_FAILED',
    ['[2/3] RUN make', 'process "/bin/sh -c make" did not complete successfully: exit code: 2'],
    11,
    'exit code 2: make',
  ],
  [
    'BASE_IMAGE_MISSING',
    ['Step 1/4 : FROM nope', 'pull access denied for nope, repository does not exist'],
    11,
    'image nope',
  ],
  ['BASE_IMAGE_MISSING', ['manifest for node:0.0.1 not found: manifest unknown'], 10, 'node:0.0.1'],
  [
    'REGISTRY_UNREACHABLE',
    ['Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host'],
    10,
    'registry-1.docker.io',
  ],
  [
    'FILE_MISSING',
    ['COPY failed: file not found in build context or excluded by .dockerignore: stat x: file'],
    10,
    '.dockerignore',
  ],
  ['FILE_MISSING', ['failed to compute cache key: "/x": not found'], 10, '/x'],
  ['DOCKERFILE_UNUSABLE', ['dockerfile parse error line 2: unknown instruction: FORM'], 10, 'FORM'],
  ['DISK_FULL', ['write /x: no space left on device'], 10, 'drydock image cleanup'],
])('says %s of a build, and shows the line', (code, said, seq, words) => {
  const failure = buildFailed('It could not be built.', about({ said }));
  expect(failure).toMatchObject({ code, seq });
  expect(failure.message).toContain(words);
});

test('repeats what the engine says of a build that failed for a reason unknown', () => {
  expect(buildFailed('It could not be built: why not.', about({ said: ['one', 'two'] }))).toEqual({
    code: 'IMAGE_BUILD_FAILED',
    message: 'It could not be built: why not.',
    seq: 11,
  });
});

test('asks for a port where the image exposes none, and offers one where it exposes several', () => {
  expect(portUnknown(about({ exposed: [], port: null })).message).toContain('EXPOSE 8080');
  expect(portUnknown(about({ exposed: [80, 443], port: null })).fix).toEqual({
    label: 'Use port 80',
    command: 'drydock deployment retry 7 --set port=80',
    call: { procedure: 'deployments.retry', input: { id: 7, changes: { input: { port: 80 } } } },
  });
});

test.each([
  ['its last error', 1, ['Error: no DATABASE_URL', '    at x.js:1'], 'ENDED_EARLY', 10],
  ['its last words', 3, ['starting', 'good bye', ''], 'ENDED_EARLY', 11],
  ['that it was refused a right', 1, ['mkdir /data: Permission denied'], 'NOT_PERMITTED', 10],
  ['that the command is missing', 127, ['sh: serve: not found'], 'COMMAND_MISSING', 10],
  ['that it had nothing to do', 0, ['done'], 'ENDED_EARLY', 10],
])('says of one that has ended %s', (_, exitCode, said, code, seq) => {
  const failure = endedEarly({ exitCode, outOfMemory: false }, about({ said }));
  expect(failure).toMatchObject({ code, seq });
});

test('blames no missing right where the image has its own user', () => {
  const said = ['open /x: permission denied'];
  const failure = endedEarly({ exitCode: 1, outOfMemory: false }, about({ said, reduced: false }));
  expect(failure.code).toBe('ENDED_EARLY');
});

test('says which signal ended it, and blames nothing that it wrote', () => {
  const said = ['ready'];
  const killed = endedEarly({ exitCode: 137, outOfMemory: false }, about({ said }));
  expect(killed.message).toMatch(
    /^The app was ended by SIGKILL from outside.+responded once\. The log/,
  );
  expect(endedEarly({ exitCode: 139, outOfMemory: false }, about()).message).toContain(
    'crashed (SIGSEGV)',
  );
});

test('says that it was out of memory, and that it wrote nothing', () => {
  expect(endedEarly({ exitCode: 137, outOfMemory: true }, about()).code).toBe('OUT_OF_MEMORY');
  const silent = endedEarly({ exitCode: 2, outOfMemory: false }, about());
  expect(silent.message).toContain('exit code 2 before it responded once and wrote nothing');
});

const late = (status: number | null = null) =>
  ({ ok: false, why: 'late', status, problem: status === null ? 'closed' : null }) as const;

test.each([
  ['UNHEALTHY', late(500), {}],
  ['NO_RESPONSE', late(), { said: ['ready'] }],
  ['NO_RESPONSE', late(), { said: ['listening on 0.0.0.0:3000'] }],
  ['LISTENS_INSIDE_ONLY', late(), { said: ['Local: http://127.0.0.1:3000/'] }],
  ['OTHER_PORT', late(), { said: ['listening on http://localhost:4000'] }],
  ['PORT_NOT_EXPOSED', late(), { port: 9999 }],
])('says %s of one that does not respond', (code, probed, more) => {
  expect(noResponse(probed, 60, about(more)).code).toBe(code);
});

test('offers the port that it names itself', () => {
  const { fix, seq } = noResponse(late(), 60, about({ said: ['at http://[::]:4000'] }));
  expect(seq).toBe(10);
  expect(fix?.call?.input).toEqual({ id: 7, changes: { input: { port: 4000 } } });
});
