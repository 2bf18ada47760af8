import { expect, test } from 'vitest';
import type { GatewayState } from '#main/features/gateway/contract.ts';
import { isOutOfPlace, standingOf } from './gateway-words.ts';

const served = {
  ...{ chain: 'local', port: 8545, listening: true, problem: null },
  ...{ requests: 0, inFlight: 0, websockets: 0, refused: 0, journal: false },
};

const state = (of: Partial<GatewayState> = {}): GatewayState => ({
  ...{ wanted: true, running: true, problem: null, pid: 1, startedAt: 1, rssBytes: 1 },
  ...{ logFile: '/log', chains: [served] },
  ...of,
});

const behind = {
  name: 'local',
  status: 'running',
  gateway: 'on',
  behindGateway: true,
} as const;
const outside = { ...behind, behindGateway: false } as const;

test.each([
  ['served', behind, state(), 'On', null],
  ['not known yet', behind, null, 'On', null],
  ['to leave it', behind, state({ wanted: false }), 'On, off from its next start', 'leave'],
  ['gone', behind, state({ running: false, chains: [] }), 'Not served', 'serve'],
  ['started without', outside, state(), 'On from its next start', 'restart'],
  ['off by choice', { ...outside, gateway: 'off' as const }, state(), 'Off', null],
  ['off by the settings', outside, state({ wanted: false }), 'Off', null],
  ['stopped', { ...outside, status: 'stopped' as const }, state(), 'On from its next start', null],
])('a chain that is %s says so, with what mends it', (_, chain, known, word, remedy) => {
  expect(standingOf(chain, known)).toMatchObject({ word, remedy });
});

test('why a port is not served is told', () => {
  const problem = 'port 8545 is taken';
  const chains = [{ ...served, listening: false, problem }];
  expect(standingOf(behind, state({ chains })).about).toBe(problem);
});

test('a chain that runs otherwise than it would start is out of place', () => {
  expect(isOutOfPlace(behind, true)).toBe(false);
  expect(isOutOfPlace(behind, false)).toBe(true);
  expect(isOutOfPlace(outside, true)).toBe(true);
  expect(isOutOfPlace({ ...outside, gateway: 'off' }, true)).toBe(false);
  expect(isOutOfPlace({ ...outside, status: 'stopped' }, true)).toBe(false);
});
