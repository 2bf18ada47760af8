import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openDb } from '#main/db/open.ts';
import type { TerminalEvent } from '#main/features/terminals/contract.ts';
import { Replay } from '#main/features/terminals/replay.ts';
import { terminalsStore } from '#main/features/terminals/store.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { copyFixture, type Fixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';

let core: TestApp;
let client: Client;
let fixture: Fixture;
let project: number;

beforeEach(async () => {
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  fixture = await copyFixture('token-vault');
  project = (await client.projects.add({ path: fixture.folder, name: 'vault' })).id;
});

afterEach(async () => {
  await core[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

/** Characters that a wanted text may have. */
const LONGEST_MATCH = 1000;

/** A window on a terminal: reads it to the end, as the screen does. */
function look(id: string, after = 0, limit = 65_536) {
  const seen = { text: '', after, lost: 0, exit: null as TerminalEvent | null };
  const abort = new AbortController();
  const done = (async () => {
    while (!seen.exit && !abort.signal.aborted) {
      const stream = await client.terminals.watch(
        { id, after: seen.after, limit },
        { signal: abort.signal },
      );
      for await (const event of stream) {
        if (event.type === 'exit') seen.exit = event;
        if (event.type === 'attached') {
          seen.lost += event.from - seen.after;
          seen.after = event.from;
        }
        if (event.type === 'data') {
          expect(event.start).toBe(seen.after);
          seen.text += event.text;
          seen.after += event.text.length;
        }
      }
    }
  })().catch((error: unknown) => {
    if (!abort.signal.aborted) throw error;
  });
  return {
    seen,
    done,
    async until(wanted: RegExp | (() => boolean)): Promise<void> {
      // What a look has gone through isn't gone through again: of a flood that would take minutes.
      let looked = 0;
      const isThere = (pattern: RegExp) => {
        const since = seen.text.slice(Math.max(0, looked - LONGEST_MATCH));
        looked = seen.text.length;
        return pattern.test(since);
      };
      const met = () => (wanted instanceof RegExp ? isThere(wanted) : wanted());
      await vi.waitUntil(met, { interval: 10 }).catch(() => {
        throw new Error(`not seen: ${wanted}; last: ${JSON.stringify(seen.text.slice(-400))}`);
      });
    },
    async stop(): Promise<void> {
      abort.abort();
      await done;
    },
  };
}

const processesOf = (mark: string) =>
  readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(mark);
    } catch {
      return false;
    }
  });

const write = (id: string, text: string) => client.terminals.write({ id, text });

test('a shell works in the project’s folder: text, size, exit code', async () => {
  const { id, exit, shell } = await client.terminals.open({ project, columns: 100, rows: 30 });
  expect(exit).toBeNull();
  expect(shell).toMatch(/sh$/);
  const window = look(id);
  await write(id, 'pwd; stty size; printf "%s-%s\\n" grüße 🎉漢字\n');
  await window.until(/[\r\n]grüße-🎉漢字/);
  expect(window.seen.text).toContain(`\r${fixture.folder}\r`);
  expect(window.seen.text).toContain('\n30 100\r');
  await client.terminals.resize({ id, columns: 132, rows: 50 });
  await write(id, 'stty size\n');
  await window.until(/[\r\n]50 132\r/);
  await write(id, 'exit 7\n');
  await window.done;
  expect(window.seen.exit).toMatchObject({ code: 7, signal: null });
  expect((await client.terminals.list({}))[0]).toMatchObject({ id, exit: { code: 7 } });
  await expect(write(id, 'x')).rejects.toMatchObject({ code: 'TERMINAL_ENDED' });
  await client.terminals.close({ id });
  expect(await client.terminals.list({})).toEqual([]);
  await expect(write(id, 'x')).rejects.toMatchObject({ code: 'TERMINAL_NOT_FOUND' });
});

test('the tools are in PATH, and nothing of Drydock’s own is in the environment', async () => {
  process.env.DRYDOCK_SOMETHING = 'internal';
  process.env.ELECTRON_RUN_AS_NODE = '1';
  process.env.npm_config_something = 'internal';
  try {
    const { id } = await client.terminals.open({ project });
    const window = look(id);
    await write(id, 'command -v forge anvil cast | wc -l; env | sort; echo the-end\n');
    await window.until(/[\r\n]the-end\r/);
    expect(window.seen.text).toMatch(/[\r\n]\s*3\r/);
    expect(window.seen.text).not.toMatch(/DRYDOCK_SOMETHING|ELECTRON_|npm_config/);
    expect(window.seen.text).toMatch(/TERM=xterm-256color/);
    await window.stop();
  } finally {
    delete process.env.DRYDOCK_SOMETHING;
    delete process.env.ELECTRON_RUN_AS_NODE;
    delete process.env.npm_config_something;
  }
});

test('a second look shows what was there, and goes on', async () => {
  const { id } = await client.terminals.open({ project });
  const first = look(id);
  await write(id, 'echo one$((1+1))\n');
  await first.until(/[\r\n]one2/);
  await first.stop();
  await write(id, 'echo two$((1+1))\n');
  const again = look(id);
  await again.until(/[\r\n]two2/);
  expect(again.seen.text.startsWith(first.seen.text)).toBe(true);
  expect(again.seen.lost).toBe(0);
  await again.stop();
});

test('a large paste arrives whole, as it was', async () => {
  const { id } = await client.terminals.open({ project });
  const window = look(id);
  const target = path.join(fixture.folder, 'clip');
  await write(id, `stty -echo; echo re""ady; cat > ${target}; echo pa""sted\n`);
  await window.until(/ready/);
  const line = `${'é漢🎉 '.repeat(200)}\n`;
  const text = line.repeat(600);
  for (let i = 0; i < text.length; i += 100_000) await write(id, text.slice(i, i + 100_000));
  await write(id, '\u0004');
  await window.until(/pasted/);
  // Compared as a whole: a difference of such texts takes minutes to print.
  expect(readFileSync(target, 'utf8') === text).toBe(true);
  await window.stop();
});

test('a bracketed paste reaches the program with its brackets', async () => {
  const { id } = await client.terminals.open({ project });
  const window = look(id);
  await write(id, 'stty raw -echo; echo re""ady; head -c 20 | od -c; stty sane; echo en""d\n');
  await window.until(/ready/);
  await write(id, '\u001b[200~a\rb 12345\u001b[201~');
  await window.until(/\bend\r/);
  expect(window.seen.text).toMatch(/033\s+\[\s+2\s+0\s+0\s+~\s+a\s+\\r\s+b/);
  await window.stop();
});

test('a flood waits for its reader and loses nothing', async () => {
  const { id } = await client.terminals.open({ project });
  const window = look(id);
  await write(id, 'seq 1 300000; echo do""ne\n');
  await window.until(/done\r/);
  expect(window.seen.lost).toBe(0);
  const numbers = window.seen.text.match(/^\d+\r$/gm) ?? [];
  expect(numbers).toHaveLength(300_000);
  expect(numbers.every((n, i) => Number.parseInt(n, 10) === i + 1)).toBe(true);
  await window.stop();
});

test('a flood that nobody reads holds nothing up, and its end is kept', async () => {
  const { id } = await client.terminals.open({ project });
  const mark = path.join(fixture.folder, 'over');
  await write(id, `seq 1 500000; touch ${mark}\n`);
  await vi.waitUntil(() => statSync(mark, { throwIfNoEntry: false }));
  const window = look(id);
  await window.until(/[\r\n]500000\r/);
  expect(window.seen.lost).toBeGreaterThan(1_000_000);
  expect(window.seen.text.length).toBeLessThan(400_000);
  await window.stop();
});

test('a reader that stops in the middle of a flood doesn’t hold it up for good', async () => {
  const { id } = await client.terminals.open({ project });
  const abort = new AbortController();
  const stream = await client.terminals.watch({ id, limit: 1000 }, { signal: abort.signal });
  const mark = path.join(fixture.folder, 'over');
  await write(id, `seq 1 300000; touch ${mark}\n`);
  for await (const _ of stream) {
    // Takes what its limit allows, and never asks again.
  }
  await vi.waitUntil(() => statSync(mark, { throwIfNoEntry: false }));
});

describe.skipIf(process.platform !== 'linux')('nothing is left running', () => {
  async function withStrays(): Promise<{ id: string; mark: string }> {
    const mark = `${1_000_000 + Math.floor(Math.random() * 8_000_000)}`;
    const { id } = await client.terminals.open({ project });
    const window = look(id);
    await write(
      id,
      `sleep ${mark} & (setsid nohup sleep ${mark} >/dev/null 2>&1 &); trap '' TERM HUP; echo rea""dy\n`,
    );
    await window.until(/ready\r/);
    await window.stop();
    await expect.poll(() => processesOf(mark).length).toBe(2);
    return { id, mark };
  }

  test('when it is closed', async () => {
    const { id, mark } = await withStrays();
    const closed = await client.terminals.close({ id });
    expect(closed.exit).not.toBeNull();
    expect(processesOf(mark)).toEqual([]);
  });

  test('when its shell ends', async () => {
    const { id, mark } = await withStrays();
    const window = look(id);
    await write(id, 'exit\n');
    await window.done;
    expect(processesOf(mark)).toEqual([]);
  });

  test('when its project is removed', async () => {
    const { mark } = await withStrays();
    await client.projects.remove({ project });
    for (const start = Date.now(); (await client.terminals.list({})).length > 0; await sleep(20)) {
      if (Date.now() - start > 60_000) throw new Error('it is still there');
    }
    expect(processesOf(mark)).toEqual([]);
  });

  test('when the core closes', async () => {
    const { mark } = await withStrays();
    await core.app.close();
    expect(processesOf(mark)).toEqual([]);
    core = await openTestApp({ home: core.home });
  });

  test('when the next core finds what a killed one left', async () => {
    await using folder = await temporaryFolder();
    const mark = `${1_000_000 + Math.floor(Math.random() * 8_000_000)}`;
    const job = randomUUID();
    const { spawn } = await import('node:child_process');
    const stray = spawn('sleep', [mark], {
      detached: true,
      stdio: 'ignore',
      env: { ...process.env, DRYDOCK_JOB: job },
    });
    stray.unref();
    const db = openDb(folder.path);
    terminalsStore(db).insert(job, { pid: process.pid, startedAt: 'another process' });
    db.close();
    const next = await openTestApp({ home: folder.path });
    expect(processesOf(mark)).toEqual([]);
    await next[Symbol.asyncDispose]();
  });
});

test('what a terminal keeps is bounded, and begins with a whole line', () => {
  const replay = new Replay(10_000);
  let all = '';
  for (let i = 0; i < 5000; i++) {
    const text = `\u001b[3${i % 8}mline ${i}\u001b[0m\r\n`;
    all += text;
    replay.push(text);
  }
  let position = replay.from(0);
  let kept = '';
  for (let text = replay.at(position); text !== undefined; text = replay.at(position)) {
    kept += text;
    position += text.length;
  }
  expect(position).toBe(all.length);
  expect(kept).toBe(all.slice(-kept.length));
  expect(kept.length).toBeGreaterThanOrEqual(9000);
  expect(kept.length).toBeLessThan(30_000);
  expect(kept.slice(0, 3)).toBe('\u001b[3');
  expect(replay.from(all.length + 5)).toBe(all.length);
});
