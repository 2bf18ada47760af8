import { describe, expect, it } from 'vitest';
import { type NetworkFields, networkFields } from './network-input.ts';

describe('the network form', () => {
  const draft: NetworkFields = {
    name: 'my-fork',
    kind: 'fork',
    url: 'https://rpc.example',
    chainId: '',
    forkBlock: '21_204_118',
    port: '',
    keepChainId: false,
    headers: [],
  };

  it('saves what was typed; an empty field is the default', () => {
    expect(networkFields(false).parse(draft)).toEqual({
      name: 'my-fork',
      kind: 'fork',
      url: 'https://rpc.example',
      chainId: undefined,
      forkBlock: 21_204_118,
      keepChainId: false,
      headers: {},
      port: null,
    });
  });

  it('keeps the stored address when none is typed', () => {
    expect(networkFields(true).parse({ ...draft, url: '' }).url).toBeUndefined();
    const { error } = networkFields(false).safeParse({ ...draft, url: ' ' });
    expect(error?.issues[0]).toMatchObject({ path: ['url'], message: 'The address of a node.' });
  });

  it.each([
    ['name', { name: 'no spaces please' }],
    ['url', { url: 'ftp://rpc.example' }],
    ['url', { url: 'https://' }],
    ['chainId', { chainId: '0' }],
    ['chainId', { chainId: 'one' }],
    ['forkBlock', { forkBlock: '-1' }],
    ['port', { port: '70000' }],
  ] as const)('stops a wrong %s', (field, change) => {
    const { error } = networkFields(true).safeParse({ ...draft, ...change });
    expect(error?.issues.map(({ path }) => path)).toEqual([[field]]);
  });
});
