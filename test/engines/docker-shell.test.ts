import { randomUUID } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Shell, Workspace } from '#main/engines/engine.ts';
import { type OpenedDocker, openTestDocker, testDocker } from '#test/harness/docker.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { skipAloud } from '#test/harness/skip.ts';

const docker = await testDocker();

describe.skipIf(skipAloud('shells in containers', docker.missing))('a shell in a container', () => {
  let stack: AsyncDisposableStack;
  let opened: OpenedDocker;
  let folder: string;
  let workspace: Workspace;

  beforeAll(async () => {
    stack = new AsyncDisposableStack();
    const data = stack.use(await temporaryFolder()).path;
    folder = await realpath(stack.use(await temporaryFolder()).path);
    opened = stack.use(openTestDocker(docker, data));
    workspace = opened.engine.workspace({ id: 1, path: folder });
  });
  afterAll(() => stack.disposeAsync());

  async function open(size = { cols: 80, rows: 24 }) {
    const heard = { text: '', pieces: [] as string[] };
    let onExit: (exit: { code: number | null }) => void = () => undefined;
    const exited = new Promise<{ code: number | null }>((resolve) => {
      onExit = resolve;
    });
    const shell: Shell = await workspace.openShell({
      ...size,
      job: randomUUID(),
      onData(text) {
        heard.text += text;
        heard.pieces.push(text);
      },
      onExit: (exit) => onExit(exit),
    });
    /** What comes after this call, once it matches. */
    const seen = async (pattern: RegExp): Promise<RegExpExecArray> => {
      for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(10)) {
        const found = pattern.exec(heard.text);
        if (found) return found;
      }
      throw new Error(`${pattern} never came, but ${JSON.stringify(heard.text.slice(-500))}`);
    };
    const run = async (command: string, pattern: RegExp) => {
      heard.text = '';
      shell.write(`${command}\r`);
      return seen(pattern);
    };
    return { shell, heard, exited, seen, run };
  }

  async function left(): Promise<string[]> {
    const { docker: client } = await opened.daemon.require();
    const [found] = await client.listContainers({
      filters: { label: ['dev.drydock.kind=workspace', 'dev.drydock.name=1'] },
    });
    const { Processes } = await client
      .getContainer(found?.Id ?? '')
      .top({ ps_args: '-eo pid,args' });
    return Processes.map(([, args]: string[]) => args ?? '').filter(
      (args: string) => !/docker-init|^sleep infinity/.test(args),
    );
  }

  test('it has a terminal of the size that was asked for, and follows a resize', async () => {
    const { shell, exited, seen, run } = await open({ cols: 91, rows: 33 });
    await run('tty', /\/dev\/pts\/\d/);
    await run('stty size', /33 91/);
    shell.resize(120, 50);
    await expect.poll(async () => (await run('stty size', /(\d+ \d+)\r/))[1]).toBe('50 120');
    // A program that is running is told, too.
    const told = `trap 'stty size; exit' WINCH; echo go''ing; while :; do sleep 0.1; done`;
    await run(`bash -c "${told}"`, /going\r/);
    shell.resize(70, 20);
    await seen(/20 70/);
    await run('pwd', new RegExp(folder));
    shell.write('exit 7\r');
    expect(await exited).toMatchObject({ code: 7 });
  });

  test('characters arrive whole, both ways, wherever the stream is cut', async () => {
    const { shell, heard, run, seen, exited } = await open();
    await run(`stty -echo; PS1=; echo go''es`, /goes\r\n/);
    heard.pieces.length = 0;
    const text = 'ghält — 链 🜂';
    const many = `for i in $(seq 4000); do printf '${text} '; done; echo; echo en''d`;
    await run(many, /end\r\n/);
    expect(heard.pieces.join('')).not.toContain('\ufffd');
    expect(heard.text.split(text).length).toBeGreaterThan(4000);
    await run(`echo re''ady; read line; printf '<%s>' "$line"`, /ready/);
    shell.write(`${text}\r`);
    await seen(new RegExp(`<${text}>`));
    await shell.kill();
    await exited;
  });

  test('a paste of many lines arrives as it was', async () => {
    const { shell, run, exited } = await open();
    await run(`stty -echo; PS1=; echo go''es`, /goes\r\n/);
    const pasted = Array.from({ length: 400 }, (_, n) => `line ${n} é ${'x'.repeat(60)}`).join(
      '\n',
    );
    shell.write("cat > pasted <<'END'\r");
    shell.write(`${pasted.replaceAll('\n', '\r')}\rEND\r`);
    await run('echo do""ne', /done\r\n/);
    expect(await readFile(path.join(folder, 'pasted'), 'utf8')).toBe(`${pasted}\n`);
    await shell.kill();
    await exited;
  });

  test('nothing that was started in it is left, also when it is killed', async () => {
    const { shell, run, exited } = await open();
    await run(`(setsid sleep 700 &) ; sleep 701 & echo star""ted`, /started\r\n/);
    expect((await left()).join('\n')).toContain('sleep 700');
    await shell.kill();
    await exited;
    expect(await left()).toEqual([]);
  });

  test('a workspace that is stopped ends its shells', async () => {
    const { exited, run } = await open();
    await run('echo he""re', /here/);
    const { docker: client } = await opened.daemon.require();
    const [found] = await client.listContainers({
      filters: { label: ['dev.drydock.kind=workspace', 'dev.drydock.name=1'] },
    });
    await client.getContainer(found?.Id ?? '').stop({ t: 1 });
    await exited;
  });
});
