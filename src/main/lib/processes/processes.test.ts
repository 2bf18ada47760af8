import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { standInProgram } from '#test/harness/stand-in-program.ts';
import { isOfGone, isOfLiving, markOf, ownMark } from '../process-mark.ts';
import { askProgram } from '../system-program.ts';
import { Processes } from './processes.ts';
import { psStartTimes } from './ps.ts';
import { type StartTimeOptions, startTimeOn } from './start-time.ts';
import { windowsPowerShell } from './windows-programs.ts';

let folder: string;
beforeAll(async () => {
  const made = await temporaryFolder();
  folder = made.path;
  return () => made[Symbol.asyncDispose]();
});

let made = 0;
const standIn = (behaviour: Parameters<typeof standInProgram>[2]) =>
  standInProgram(folder, `stand-in-${++made}`, behaviour);

/** A system where every process exists that is asked for. */
const on = (platform: NodeJS.Platform, options: StandInOptions) =>
  startTimeOn({ platform, exists: () => true, ...options });
type StandInOptions = Pick<StartTimeOptions, 'program' | 'exists'>;

/** A process that only sleeps, ended with the test. */
async function sleeper() {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)']);
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
  return child;
}

async function end(child: ReturnType<typeof spawn>): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

// As macOS 15 prints it: `ps -o pid= -o state= -o lstart= -p 4121,4123,977,4125`.
const PS = [
  '  977 Ss   Mon Sep 14 08:01:12 2026    ',
  ' 4121 S+   Tue Sep 15 23:54:57 2026    ',
  ' 4125 Z    Tue Sep 15 23:55:02 2026    ',
  '',
].join('\n');

describe('macOS', () => {
  test('all that are asked for at once are one call, in one locale and time zone', async () => {
    const ps = standIn({ stdout: PS });
    const startTime = on('darwin', ps);
    expect(await Promise.all([4121, 4123, 977, 4125].map(startTime))).toEqual([
      'Tue Sep 15 23:54:57 2026',
      undefined,
      'Mon Sep 14 08:01:12 2026',
      undefined,
    ]);
    const args = ['-o', 'pid=', '-o', 'state=', '-o', 'lstart=', '-p', '4121,4123,977,4125'];
    expect(ps.calls()).toEqual([{ args, locale: 'C', timeZone: 'UTC' }]);
  });

  test('where none of them is there, ps ends with 1 and says nothing', async () => {
    const startTime = on('darwin', standIn({ code: 1 }));
    expect(await Promise.all([4121, 977].map(startTime))).toEqual([undefined, undefined]);
  });

  test('no program is started for a process that is not there at all', async () => {
    const ps = standIn({ stdout: PS });
    expect(await on('darwin', { ...ps, exists: () => false })(4121)).toBeUndefined();
    expect(ps.calls()).toEqual([]);
  });

  test('what is asked while ps runs waits for a call of its own', async () => {
    const go = path.join(folder, 'go');
    const ps = standIn({ stdout: PS, after: go });
    const startTime = on('darwin', ps);
    const first = startTime(4121);
    await vi.waitFor(() => expect(ps.calls()).toHaveLength(1));
    const later = [startTime(977), startTime(4121)];
    writeFileSync(go, '');
    await Promise.all([first, ...later]);
    expect(ps.calls().map(({ args }) => args.at(-1))).toEqual(['4121', '977,4121']);
  });

  test.skipIf(process.platform === 'win32')(
    'the ps of this system is read the same way',
    async () => {
      const child = await sleeper();
      const pid = child.pid as number;
      const startTime = on('darwin', { program: ['ps'] });
      const before = await startTime(pid);
      expect(before).toMatch(/^\w{3} \w{3} \d+ \d\d:\d\d:\d\d \d{4}$/);
      expect(await startTime(pid)).toBe(before);
      await end(child);
      expect(await startTime(pid)).toBeUndefined();
    },
  );
});

// As Windows PowerShell 5.1 prints it.
const POWERSHELL = '4121 134024480971234567\r\n977 134023176720000000\r\nend\r\n';

describe('Windows', () => {
  test('all that are asked for at once are one call', async () => {
    const powershell = standIn({ stdout: POWERSHELL });
    const startTime = on('win32', powershell);
    expect(await Promise.all([4121, 4123, 977].map(startTime))).toEqual([
      '134024480971234567',
      undefined,
      '134023176720000000',
    ]);
    const calls = powershell.calls();
    expect(calls).toHaveLength(1);
    expect(calls[0]?.args.join(' ')).toContain('Get-Process -Id 4121,4123,977 |');
    // A command line of Windows would need them doubled.
    expect(calls[0]?.args.join(' ')).not.toContain('"');
  });

  test('where none of them is there, it says so', async () => {
    expect(await on('win32', standIn({ stdout: 'end\r\n' }))(4121)).toBeUndefined();
  });

  test.each([
    ['is cut short', { stdout: '4121 134024480971234567\r\n' }],
    ['ends badly', { stdout: POWERSHELL, code: 1, stderr: 'disabled by policy' }],
  ])('nothing is known when it %s', async (_, behaviour) => {
    await expect(on('win32', standIn(behaviour))(4121)).rejects.toThrow(/PowerShell can't tell/);
  });

  test('it is started by its full path', () => {
    expect(windowsPowerShell({ SystemRoot: 'D:\\WINNT' })[0]).toBe(
      'D:\\WINNT\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    );
    expect(windowsPowerShell({})[0]).toMatch(/^C:\\Windows\\System32\\/);
  });
});

describe('a program that does not do as it should', () => {
  const bounds = { timeoutMs: 60_000, mostBytes: 1000 };

  test('is ended when it goes on for too long', async () => {
    const { program } = standIn({ hangs: true });
    const asked = askProgram(program, [], { ...bounds, timeoutMs: 300 });
    await expect(asked).rejects.toThrow('did not end within 0.3 s');
  });

  test('is ended when it prints too much', async () => {
    const { program } = standIn({ stdout: 'x'.repeat(2000), hangs: true });
    await expect(askProgram(program, [], bounds)).rejects.toThrow('printed more than 1000 bytes');
  });

  test('is said to be missing', async () => {
    const asked = askProgram([path.join(folder, 'nowhere')], [], bounds);
    await expect(asked).rejects.toThrow('could not be started (ENOENT)');
  });

  test('leaves it open whether a process is gone', async () => {
    const fails = standIn({ code: 1, stderr: 'ps: sysctl: Operation not permitted' });
    const running = new Processes(on('darwin', fails));
    const ref = { pid: 4121, startedAt: 'Tue Sep 15 23:54:57 2026' };
    await expect(running.isAlive(ref)).rejects.toThrow('Operation not permitted');
    expect(running.isGone(ref)).toBe(false);
    await expect(psStartTimes(fails.program)([4121])).rejects.toThrow('ps ended with 1');
  });

  test('leaves this process its pid', async () => {
    const running = new Processes(on('darwin', standIn({ code: 2 })));
    const own = await running.own();
    expect(own).toEqual({ pid: process.pid, startedAt: '' });
    expect(await running.isAlive(own)).toBe(true);
    // As another core sees it, until it ends.
    const child = await sleeper();
    const other = { pid: child.pid as number, startedAt: '' };
    expect(await running.isAlive(other)).toBe(true);
    await end(child);
    expect(await running.isAlive(other)).toBe(false);
  });
});

describe('where looking is slow', () => {
  test('one that was seen is not looked at again, until its pid is free', async () => {
    let looks = 0;
    const running = new Processes(async () => {
      looks += 1;
      return 'then';
    }, 60_000);
    const child = await sleeper();
    const ref = { pid: child.pid as number, startedAt: 'then' };
    expect([await running.isAliveLately(ref), await running.isAliveLately(ref), looks]).toEqual([
      true,
      true,
      1,
    ]);
    // Before it is ended, it is looked at in any case, and so is another one with its pid.
    expect([await running.isAlive(ref), looks]).toEqual([true, 2]);
    const earlier = { ...ref, startedAt: 'earlier' };
    expect([await running.isAliveLately(earlier), looks]).toEqual([false, 3]);
    await end(child);
    await running.isAliveLately(ref);
    expect(looks).toBe(4);
  });
});

describe('this machine', () => {
  const running = new Processes();

  test('a process is known by its pid and its start', async () => {
    const child = await sleeper();
    const ref = await running.ref(child.pid as number);
    expect(ref?.pid).toBe(child.pid);
    if (!ref) return;
    expect(await running.isAlive(ref)).toBe(true);
    const earlier = { ...ref, startedAt: 'earlier' };
    expect([running.isGone(ref), running.isGone(earlier)]).toEqual([false, false]);
    expect(await running.isAlive(earlier)).toBe(false);
    expect([running.isGone(ref), running.isGone(earlier)]).toEqual([false, true]);
    await end(child);
    expect(running.isGone(ref)).toBe(false);
    expect(await running.isAlive(ref)).toBe(false);
    expect(running.isGone(ref)).toBe(true);
    expect(await running.ref(ref.pid)).toBeUndefined();
  });

  test('no process has an id that is none', async () => {
    for (const pid of [0, -1, 2 ** 31, 1.5, Number.NaN]) {
      expect(await running.isAlive({ pid, startedAt: '' })).toBe(false);
      expect(await running.ref(pid)).toBeUndefined();
    }
  });

  test('a mark is of the living until its process ends', async () => {
    const child = await sleeper();
    const ref = await running.ref(child.pid as number);
    const mark = markOf(ref ?? { pid: 0, startedAt: '' });
    expect([await isOfLiving(mark), await isOfGone(mark)]).toEqual([true, false]);
    expect(await isOfLiving(await ownMark())).toBe(true);
    for (const none of [`${child.pid}`, `${child.pid}-00000000`, '', 'x-1', '0-12345678']) {
      expect([none, await isOfLiving(none), await isOfGone(none)]).toEqual([none, false, true]);
    }
    await end(child);
    expect([await isOfLiving(mark), await isOfGone(mark)]).toEqual([false, true]);
  });
});
