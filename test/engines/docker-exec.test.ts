import { randomUUID } from 'node:crypto';
import { mkdir, readFile, realpath, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { askImage } from '#main/engines/docker/ask-image.ts';
import { remove } from '#main/engines/docker/container.ts';
import { Demux } from '#main/engines/docker/demux.ts';
import { homeId, labels } from '#main/engines/docker/labels.ts';
import { projectsNetwork } from '#main/engines/docker/network.ts';
import type { Exit, Workspace } from '#main/engines/engine.ts';
import { type OpenedDocker, openTestDocker, testDocker } from '#test/harness/docker.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { skipAloud } from '#test/harness/skip.ts';

describe('taking streams apart', () => {
  const frame = (stream: 1 | 2, body: Buffer) => {
    const header = Buffer.alloc(8);
    header[0] = stream;
    header.writeUInt32BE(body.length, 4);
    return Buffer.concat([header, body]);
  };
  const text = 'ghält — 链 🜂\n';

  /** A character is cut between frames, and frames and headers between pieces of any size. */
  test.each([1, 2, 3, 5, 7, 8, 9, 13, 64, 4096])('in pieces of %i bytes', (size) => {
    const bytes = Buffer.from(text.repeat(20));
    const frames: Buffer[] = [];
    for (let at = 0; at < bytes.length; at += 11) {
      frames.push(frame(1, bytes.subarray(at, at + 11)), frame(2, Buffer.from('é').subarray(0, 1)));
      frames.push(frame(2, Buffer.from('é').subarray(1)));
    }
    const wire = Buffer.concat(frames);
    const heard = { stdout: '', stderr: '' };
    const pieces: string[] = [];
    const demux = new Demux((stream, piece) => {
      heard[stream] += piece;
      pieces.push(piece);
    });
    for (let at = 0; at < wire.length; at += size) demux.push(wire.subarray(at, at + size));
    demux.end();
    expect(heard.stdout).toBe(text.repeat(20));
    expect(heard.stderr).toMatch(/^é+$/);
    expect(pieces.join('')).not.toContain('\ufffd');
  });
});

const docker = await testDocker();

describe.skipIf(skipAloud('commands in containers', docker.missing))('in a container', () => {
  let stack: AsyncDisposableStack;
  let opened: OpenedDocker;
  let data: string;
  let folder: string;
  let workspace: Workspace;

  beforeAll(async () => {
    stack = new AsyncDisposableStack();
    data = stack.use(await temporaryFolder()).path;
    folder = await realpath(stack.use(await temporaryFolder()).path);
    opened = stack.use(openTestDocker(docker, data));
    workspace = opened.engine.workspace({ id: 1, path: folder });
  });
  afterAll(() => stack.disposeAsync());

  async function run(
    program: string,
    args: string[],
    options: {
      env?: Record<string, string>;
      signal?: AbortSignal;
      timeoutMs?: number;
      cwd?: string;
    } = {},
  ): Promise<Exit & { stdout: string; stderr: string }> {
    const heard = { stdout: '', stderr: '' };
    const { env = {}, signal, timeoutMs, cwd = folder } = options;
    const exit = await workspace.exec(
      { program, args, env, cwd, timeoutMs },
      {
        signal,
        onOutput: (stream, text) => {
          heard[stream] += text;
        },
      },
    );
    return { ...exit, ...heard };
  }
  const sh = (script: string, options?: Parameters<typeof run>[2]) =>
    run('sh', ['-c', script], options);

  async function container() {
    const { docker: client } = await opened.daemon.require();
    const [found] = await client.listContainers({
      all: true,
      filters: { label: [`dev.drydock.data=${data}`] },
    });
    return client.getContainer(found?.Id ?? '');
  }

  /** Programs that run in the container besides its own. */
  async function left(): Promise<string[]> {
    const { Processes } = await (await container()).top({ ps_args: '-eo pid,args' });
    return Processes.map(([, args]: string[]) => args ?? '').filter(
      (args: string) => !/docker-init|^sleep infinity/.test(args),
    );
  }

  test('streams stay apart, and the exit code arrives', async () => {
    const result = await sh('echo out; echo err >&2; exit 3');
    expect(result).toEqual({ code: 3, signal: null, stdout: 'out\n', stderr: 'err\n' });
  });

  test('a listener that is slower than the tool gets a little in each turn, and all of it', async () => {
    let [length, turn, most] = [0, 0, 0];
    await workspace.exec(
      { program: 'seq', args: ['-f', '%.0f: about a line', '1', '500000'], env: {}, cwd: folder },
      {
        onOutput: (_, text) => {
          if (turn === 0) setImmediate(() => (turn = 0));
          length += text.length;
          turn += text.length;
          most = Math.max(most, turn);
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
        },
      },
    );
    expect(length).toBe(10_388_895);
    expect(most).toBeLessThan(700 * 1024);
  });

  test('a command in a container of its own is heard to its end, however short it is', async () => {
    const daemon = await opened.daemon.require();
    const { tag } = await opened.images.recipe('foundry');
    // So long that the container has ended, and is gone, before the next step is taken.
    const busy = setInterval(() => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500);
    });
    try {
      expect(await askImage(daemon, tag, ['echo', 'heard'], `${data}/asked`)).toBe('heard\r\n');
    } finally {
      clearInterval(busy);
    }
  });

  test('a container that several remove at once is gone for each of them', async () => {
    const { docker: client } = await opened.daemon.require();
    const { tag } = await opened.images.recipe('foundry');
    const made = await client.createContainer({
      ...{ Image: tag, Entrypoint: ['sleep'], Cmd: ['600'] },
      Labels: { [labels.home]: homeId(data) },
    });
    await made.start();
    const removing = Array.from({ length: 4 }, async () => {
      await remove(client, made.id);
      await expect(made.inspect()).rejects.toMatchObject({ statusCode: 404 });
    });
    await Promise.all(removing);
  });

  test('the folder is there under its own path, and files in it belong to us', async () => {
    const { stdout } = await sh('pwd; echo made > here');
    expect(stdout).toBe(`${folder}\n`);
    expect(await readFile(path.join(folder, 'here'), 'utf8')).toBe('made\n');
    const { uid, gid } = await stat(path.join(folder, 'here'));
    expect([uid, gid]).toEqual([process.getuid?.(), process.getgid?.()]);
  });

  test('arguments and variables arrive as they are', async () => {
    const words = ['a b', '"$HOME"', "'", '\\n', '', '-n', '--', 'ü🜂', '$(id)'];
    const { stdout } = await run('node', [
      '-p',
      'JSON.stringify(process.argv.slice(1))',
      '--',
      ...words,
    ]);
    expect(JSON.parse(stdout)).toEqual(words);
    const value = 'x\'y"z $HOME\nü';
    const { stdout: shown } = await run('node', ['-p', 'process.env.ODD'], { env: { ODD: value } });
    expect(shown).toBe(`${value}\n`);
  });

  test('it may do little: no other user, no new rights, nothing outside of its folders', async () => {
    const { stdout } = await sh('grep -E "^(CapEff|CapBnd|NoNewPrivs)" /proc/self/status');
    expect(stdout.replace(/\t/g, ' ')).toBe(
      'CapEff: 0000000000000000\nCapBnd: 0000000000000000\nNoNewPrivs: 1\n',
    );
    expect((await sh('touch /usr/x')).stderr).toContain('Read-only');
    expect((await sh('touch ~/x && touch /tmp/x && echo yes')).stdout).toBe('yes\n');
    const { HostConfig, NetworkSettings } = await (await container()).inspect();
    expect(HostConfig).toMatchObject({ Init: true, PidsLimit: 4096, ReadonlyRootfs: true });
    expect(HostConfig.Memory).toBeGreaterThan(2 ** 29);
    expect(HostConfig.NanoCpus).toBeGreaterThan(0);
    expect(Object.keys(NetworkSettings.Networks)).toEqual([projectsNetwork(data).name]);
  });

  test('a program that is not there is named, and its message is no output', async () => {
    await expect(run('no-such-program', ['x'])).rejects.toMatchObject({ code: 'TOOL_MISSING' });
    expect((await sh('exit 127')).code).toBe(127);
  });

  test('what a command leaves behind is ended with it', async () => {
    const result = await sh('setsid sleep 1111 & (sleep 2222 &) ; echo done');
    expect(result).toMatchObject({ code: 0, stdout: 'done\n' });
    expect(await left()).toEqual([]);
  });

  const stubborn = `
    trap '' TERM
    setsid sh -c 'trap "" TERM; while :; do sleep 1; done' &
    (exec setsid sleep 3333 >/dev/null 2>&1) &
    echo begun
    while :; do sleep 1; done`;

  test('a cancel ends the whole tree: one that ignores TERM, and one that has left its group', async () => {
    const abort = new AbortController();
    const exit = await workspace.exec(
      { program: 'sh', args: ['-c', stubborn], env: {}, cwd: folder },
      { signal: abort.signal, onOutput: () => abort.abort() },
    );
    expect(exit).toEqual({ code: null, signal: null, ended: 'cancelled' });
    expect(await left()).toEqual([]);
  });

  test('a cancel ends nothing else', async () => {
    const other = sh('sleep 2; echo other');
    const abort = new AbortController();
    const cancelled = sh('sleep 100', { signal: abort.signal });
    await vi.waitUntil(
      async () => {
        const all = (await left()).join('\n');
        return all.includes('sleep 2') && all.includes('sleep 100');
      },
      { timeout: 20_000 },
    );
    abort.abort();
    expect((await cancelled).ended).toBe('cancelled');
    expect(await other).toMatchObject({ code: 0, stdout: 'other\n' });
  });

  test('a cancel at any moment of the start leaves nothing', async () => {
    for (const ms of [0, 5, 15, 30, 60, 90]) {
      const abort = new AbortController();
      const cancelled = sh('sleep 4444', { signal: abort.signal });
      await sleep(ms);
      abort.abort();
      expect((await cancelled).ended).toBe('cancelled');
    }
    expect(await left()).toEqual([]);
  });

  test('a time limit ends it as well', async () => {
    const result = await sh('echo begun; sleep 100', { timeoutMs: 700 });
    expect(result).toMatchObject({ ended: 'timeout', stdout: 'begun\n' });
  });

  test('what a core that is gone has left running is found by its mark', async () => {
    const job = randomUUID();
    const running = workspace.exec(
      { program: 'sleep', args: ['5555'], env: {}, cwd: folder },
      { job, onOutput: () => undefined },
    );
    while (!(await left()).some((args) => args.includes('5555'))) await sleep(50);
    await opened.engine.endOrphan({ ref: null, job });
    expect((await running).code).not.toBe(0);
    expect(await left()).toEqual([]);
  });

  test('a million lines arrive whole and in order', async () => {
    let lines = 0;
    let rest = '';
    let misplaced = 0;
    const { code } = await workspace.exec(
      {
        program: 'seq',
        args: ['-f', '%.0f zähle 链 the lines, and more', '1000000'],
        env: {},
        cwd: folder,
      },
      {
        onOutput: (_, text) => {
          const parts = (rest + text).split('\n');
          rest = parts.pop() ?? '';
          for (const line of parts) {
            lines++;
            if (line !== `${lines} zähle 链 the lines, and more`) misplaced++;
          }
        },
      },
    );
    expect({ code, lines, misplaced, rest }).toEqual({
      code: 0,
      lines: 1_000_000,
      misplaced: 0,
      rest: '',
    });
  }, 120_000);

  describe('the container itself', () => {
    test('is kept from one command to the next, and by the next core', async () => {
      await sh('true');
      const { id } = await container();
      const other = opened.engine.workspace({ id: 1, path: folder });
      await other.exec(
        { program: 'true', args: [], env: {}, cwd: folder },
        { onOutput: () => undefined },
      );
      expect((await container()).id).toBe(id);
    });

    test('is started again when it was stopped', async () => {
      const place = await container();
      await place.stop({ t: 0 });
      expect((await sh('echo back')).stdout).toBe('back\n');
      expect((await container()).id).toBe(place.id);
    });

    test('is made again when it was removed, with its caches', async () => {
      await sh('echo kept > ~/cache');
      const place = await container();
      await place.remove({ force: true });
      expect((await sh('cat ~/cache')).stdout).toBe('kept\n');
      expect((await container()).id).not.toBe(place.id);
    });

    test('is made again with its volume and network when those are gone, too', async () => {
      const { docker: client } = await opened.daemon.require();
      const { Mounts } = await (await container()).inspect();
      await (await container()).remove({ force: true });
      const volume = Mounts.find((mount) => mount.Type === 'volume')?.Name ?? '';
      await client.getVolume(volume).remove();
      expect((await sh('ls ~; echo empty')).stdout).toBe('empty\n');
    });

    test('is made again when other limits are set', async () => {
      const { id } = await container();
      await using narrow = openTestDocker(docker, `${data}/elsewhere`, {
        limits: () => ({ pids: 99 }),
      });
      const before = await readLimit(opened);
      const place = narrow.engine.workspace({ id: 1, path: folder });
      let text = '';
      await place.exec(
        {
          program: 'cat',
          args: ['/sys/fs/cgroup/pids.max', '/sys/fs/cgroup/pids/pids.max'],
          env: {},
          cwd: folder,
        },
        {
          // Of the two files one isn't there, which is said on the other stream.
          onOutput: (stream, piece) => {
            if (stream === 'stdout') text += piece;
          },
        },
      );
      expect(text).toBe('99\n');
      expect(before).toBe(4096);
      expect((await container()).id).toBe(id);
    });

    test('sees the folder that is there now, and not one that was replaced', async () => {
      await sh('echo old > which');
      await rename(folder, `${folder}-aside`);
      await mkdir(folder);
      stack.defer(async () => {
        const { rm } = await import('node:fs/promises');
        await rm(`${folder}-aside`, { recursive: true });
      });
      expect((await sh('cat which')).stderr).toContain('No such file');
    });

    test('is stopped when it was idle, but not while something runs in it', async () => {
      const running = sh('sleep 3; echo ran');
      while (!(await left()).some((args) => args.includes('sleep 3'))) await sleep(50);
      expect(await opened.engine.stopIdle(0)).toBe(0);
      expect((await running).stdout).toBe('ran\n');
      expect(await opened.engine.stopIdle(60_000)).toBe(0);
      expect(await opened.engine.stopIdle(0)).toBe(1);
      expect((await (await container()).inspect()).State.Running).toBe(false);
    });

    test('goes with its project', async () => {
      await sh('true');
      await opened.engine.forget(1);
      expect((await container()).id).toBe('');
    });

    async function readLimit(from: OpenedDocker): Promise<number | undefined> {
      const { docker: client } = await from.daemon.require();
      return (await client.getContainer((await container()).id).inspect()).HostConfig.PidsLimit;
    }
  });
});
