import { expect, test } from 'vitest';
import { endpoints } from './endpoint.ts';
import { socketPathOf } from './socket-path.ts';

test.each([
  ['npipe:////./pipe/docker_engine', '\\\\.\\pipe\\docker_engine'],
  ['npipe:////./pipe/dockerDesktopLinuxEngine', '\\\\.\\pipe\\dockerDesktopLinuxEngine'],
  // As DOCKER_HOST is often written, and as Windows itself writes pipes.
  ['npipe://./pipe/docker_engine', '\\\\.\\pipe\\docker_engine'],
  ['npipe://\\\\.\\pipe\\docker_engine', '\\\\.\\pipe\\docker_engine'],
  ['npipe:////build-box/pipe/docker_engine', '\\\\build-box\\pipe\\docker_engine'],
  ['unix:///var/run/docker.sock', '/var/run/docker.sock'],
])('%s is %s', (host, file) => {
  expect(socketPathOf(host)).toBe(file);
});

test.each(['tcp://127.0.0.1:2375', 'ssh://ada@box', 'docker_engine'])('%s is none', (host) => {
  expect(socketPathOf(host)).toBeUndefined();
});

test('on Windows the pipes of the usual daemons are tried, and nothing but those', () => {
  const search = { dockerHost: '', env: {}, home: 'C:\\Users\\ada', platform: 'win32' } as const;
  expect(endpoints(search).map(({ host }) => socketPathOf(host))).toEqual([
    '\\\\.\\pipe\\docker_engine',
    '\\\\.\\pipe\\dockerDesktopLinuxEngine',
    '\\\\.\\pipe\\podman-machine-default',
  ]);
});
