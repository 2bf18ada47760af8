import { expect, test } from 'vitest';
import { chainAt, ownUpstreams } from './own-upstreams.ts';

const chains = [
  { name: 'local', port: 8545, forkBlock: null },
  { name: 'first', port: 8546, forkBlock: 7 },
  { name: 'second', port: 8547, forkBlock: 9 },
  { name: 'new', port: null, forkBlock: null },
];
const network = (name: string, port: number | null, forkBlock: number | null = null) => ({
  ...{ name, forkBlock, url: port === null ? null : `http://127.0.0.1:${port}` },
  kind: port === null ? ('local' as const) : ('fork' as const),
});

test.each([
  ['http://localhost:8545', 'local'],
  ['http://127.0.0.1:8546/', 'first'],
  ['ws://[::1]:8547', 'second'],
  ['https://127.0.0.1:8545', null],
  ['http://127.0.0.1:9999', null],
  ['http://node.example.com:8545', null],
  ['no address', null],
  [null, null],
])('%s leads to %s', (url, name) => {
  expect(chainAt(url, chains)?.name ?? null).toBe(name);
});

const noneKnown = () => null;
const upstream = (name: string, newest: number) => ({
  ...{ network: name, newest, deployments: null },
});

test('of forks of forks, as much counts as all of them have', () => {
  const networks = [
    network('local', null),
    network('first', 8545),
    network('second', 8546),
    network('new', 8547, 8),
  ];
  expect(ownUpstreams('second', networks, chains, noneKnown)).toEqual([
    upstream('first', 9),
    upstream('local', 7),
  ]);
  expect(ownUpstreams('new', networks, chains, noneKnown)).toEqual([
    upstream('second', 8),
    upstream('first', 8),
    upstream('local', 7),
  ]);
  expect(ownUpstreams('local', networks, chains, noneKnown)).toEqual([]);
});

test('forks that lead to one another end', () => {
  const networks = [network('first', 8547), network('second', 8546)];
  expect(ownUpstreams('first', networks, chains, noneKnown)).toEqual([upstream('second', 7)]);
});

test('those that a fork began with are told of all that it goes back to', () => {
  const networks = [network('local', null), network('first', 8545), network('second', 8546)];
  const deploymentsAt = (fork: string, block: number) => [`${fork} ${block}`.length, 3];
  expect(ownUpstreams('second', networks, chains, deploymentsAt)).toEqual([
    { network: 'first', newest: 9, deployments: [8, 3] },
    { network: 'local', newest: 7, deployments: [8, 3] },
  ]);
});
