import { describe, expect, it } from 'vitest';
import { type SettingsFields, settingsFields } from './settings-fields.ts';

describe('the settings of a chain', () => {
  const none: SettingsFields = {
    ...{ hardfork: 'default', chainId: '', accounts: '', balance: '', codeSizeLimit: '' },
    ...{ keys: 'public', mnemonic: '', begin: 'kept', block: '', back: '', time: '' },
  };

  it('takes an empty field as the default', () => {
    expect(settingsFields(false).parse(none)).toEqual({
      ...{ hardfork: null, chainId: null, accounts: null, balance: null },
      ...{ codeSizeLimit: null, mnemonic: null, forkBlock: undefined },
    });
  });

  it('takes what was typed', () => {
    const typed = { hardfork: 'cancun', chainId: '4_242', accounts: '3', balance: '7' } as const;
    const rest = { keys: 'own', mnemonic: ' some words ', begin: 'back', back: '10' } as const;
    const asked = settingsFields(false).parse({ ...none, ...typed, ...rest });
    expect(asked).toMatchObject({
      ...{ hardfork: 'cancun', chainId: 4242, accounts: 3, balance: 7 },
      ...{ mnemonic: 'some words', forkBlock: -10 },
    });
  });

  it('keeps a mnemonic that is there when none is typed', () => {
    const own: SettingsFields = { ...none, keys: 'own' };
    expect(settingsFields(true).parse(own).mnemonic).toBeUndefined();
    const { error } = settingsFields(false).safeParse(own);
    expect(error?.issues.map(({ path }) => path)).toEqual([['mnemonic']]);
  });

  it.each([
    ['chainId', '0'],
    ['accounts', '101'],
    ['balance', '1.5'],
    ['codeSizeLimit', '1000'],
  ])('stops a wrong %s', (field, text) => {
    const { error } = settingsFields(false).safeParse({ ...none, [field]: text });
    expect(error?.issues.map(({ path }) => path)).toEqual([[field]]);
  });
});
