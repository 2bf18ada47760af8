import { existsSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { standInProgram } from '#test/harness/stand-in-program.ts';
import { portHolder } from './port-holder.ts';

let folder: string;
beforeAll(async () => {
  const made = await temporaryFolder();
  folder = made.path;
  return () => made[Symbol.asyncDispose]();
});

const withoutLsof = ['/usr/bin/lsof', '/usr/sbin/lsof'].some((file) => existsSync(file))
  ? null
  : 'There is no lsof.';

let made = 0;
const standIn = (stdout: string, code = 0) =>
  standInProgram(folder, `stand-in-${++made}`, { stdout, code });

/** A port of this process. */
async function listening(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  return (server.address() as AddressInfo).port;
}

// As `netstat -ano` of Windows 11 prints it, in English and in German.
const rows = (listening: string, established: string) => [
  `  TCP    0.0.0.0:135            0.0.0.0:0              ${listening}       1284`,
  `  TCP    127.0.0.1:3000         127.0.0.1:8545         ${established}     4121`,
  `  TCP    127.0.0.1:8545         127.0.0.1:3000         ${established}     7764`,
  `  TCP    127.0.0.1:8545         0.0.0.0:0              ${listening}       7764`,
  `  TCP    127.0.0.1:18545        0.0.0.0:0              ${listening}       9980`,
  `  TCP    [::]:5173              [::]:0                 ${listening}       4121`,
  '  UDP    0.0.0.0:8546           *:*                                    1600',
];
const english = [
  'Active Connections',
  '',
  '  Proto  Local Address          Foreign Address        State           PID',
  ...rows('LISTENING', 'ESTABLISHED'),
];
const german = [
  'Aktive Verbindungen',
  '',
  '  Proto  Lokale Adresse         Remoteadresse          Status           PID',
  ...rows('ABHÖREN', 'HERGESTELLT'),
];

describe('Windows', () => {
  const of = (port: number, netstat: string[], tasklist: string) =>
    portHolder(port, {
      platform: 'win32',
      programs: {
        netstat: standIn(['', ...netstat, ''].join('\r\n')).program,
        tasklist: standIn(tasklist).program,
      },
    });
  const anvil = '\r\n"anvil.exe","7764","Console","1","38,120 K"\r\n';

  test.each([
    ['English', english],
    ['German', german],
  ])('the listener of a port is found in %s', async (_, netstat) => {
    expect(await of(8545, netstat, anvil)).toBe('process 7764 (anvil)');
    expect(await of(5173, netstat, anvil)).toBe('process 4121');
    // Only another end of a connection, a port that ends like it, and one of UDP.
    expect(await of(3000, netstat, anvil)).toBeUndefined();
    expect(await of(545, netstat, anvil)).toBeUndefined();
    expect(await of(8546, netstat, anvil)).toBeUndefined();
  });

  test('a process that has just ended has no name', async () => {
    const none = 'INFO: No tasks are running which match the specified criteria.\r\n';
    expect(await of(8545, english, none)).toBe('process 7764');
  });

  test('what can not be asked is not known', async () => {
    const programs = { netstat: [`${folder}/nowhere`] as const };
    expect(await portHolder(8545, { platform: 'win32', programs })).toBeUndefined();
  });
});

describe('macOS', () => {
  const of = (lsof: ReturnType<typeof standIn>) =>
    portHolder(5000, { platform: 'darwin', programs: { lsof: lsof.program } });

  test('the listener of a port is found, with spaces in its name', async () => {
    const lsof = standIn('p614\ncGoogle Chrome Helper\nf12\nf13\n');
    expect(await of(lsof)).toBe('process 614 (Google Chrome Helper)');
    expect(lsof.calls()[0]?.args).toContain('-iTCP:5000');
  });

  test('there is none', async () => {
    expect(await of(standIn('', 1))).toBeUndefined();
  });

  test.skipIf(skipAloud('the lsof of this system', withoutLsof))(
    'the lsof of this system is read the same way',
    async () => {
      const port = await listening();
      const programs = { lsof: ['lsof'] as const };
      const holder = await portHolder(port, { platform: 'darwin', programs });
      expect(holder).toMatch(new RegExp(`^process ${process.pid} \\(.+\\)$`));
    },
  );
});

describe('this machine', () => {
  test('the listener of a port is found', async () => {
    expect(await portHolder(await listening())).toMatch(new RegExp(`^process ${process.pid}\\b`));
  });
});
