import { expect, test } from 'vitest';
import { LARGEST_DOCKERFILE, readDockerfile } from './dockerfile.ts';

test('reads what the last stage says, with the stages that it stands on', () => {
  const facts = readDockerfile(`# syntax=docker/dockerfile:1
ARG VERSION=24
FROM node:$VERSION AS base
ARG PORT=8080
EXPOSE $PORT 53/udp
USER node

FROM golang:1 AS tools
EXPOSE 9999

from base
HEALTHCHECK --interval=5s CMD curl -f http://localhost:8080/healthz
expose 8080/tcp 9000-9001
`);
  expect(facts).toEqual({
    base: 'node:24',
    ports: [8080, 9000, 9001],
    openPorts: [],
    user: 'node',
    healthCheck: 'curl -f http://localhost:8080/healthz',
  });
});

test('leaves open what only a build can tell', () => {
  const withDefault = '$' + '{X:-80}';
  const { ports, openPorts } = readDockerfile(`FROM a\nEXPOSE $PORT ${withDefault} 99999\n`);
  expect({ ports, openPorts }).toEqual({ ports: [], openPorts: ['$PORT', withDefault] });
});

test.each([
  ['nothing', ''],
  ['a stage that stands on itself', 'FROM a AS a\nEXPOSE 80\n'],
  ['prose', 'This is not\na Dockerfile at all\n'],
  ['binary', '\0\u0001\uffff\n\0'],
])('is not put off by %s', (_, text) => {
  expect(() => readDockerfile(text)).not.toThrow();
});

test('has no base without FROM', () => {
  expect(readDockerfile('RUN true\n').base).toBeNull();
});

test('takes a range of ports for no more than a few', () => {
  expect(readDockerfile('FROM a\nEXPOSE 1-65535\n').ports).toHaveLength(20);
});

test('refuses more instructions than a person writes', () => {
  const text = `FROM a\n${'RUN x\n'.repeat(5000)}`;
  expect(text.length).toBeLessThan(LARGEST_DOCKERFILE);
  expect(() => readDockerfile(text)).toThrow('more than 1000 instructions');
});
