import { describe, expect, it } from 'vitest';
import { argumentProblem } from './argument-check.ts';

describe('a first look at an argument', () => {
  it.each([
    ['address', '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'],
    ['uint256', '1000000'],
    ['uint256', '0x2a'],
    ['uint256', '1ether'],
    ['address', 'f39Fd6e51aad88F6F4ce6aB8827279cffFb92266'],
    ['uint256', '2 Kwei'],
    ['uint256', '1.5E18'],
    ['bytes4', '12345678'],
    ['int8', '-1'],
    ['bytes4', '0x12345678'],
    ['bytes', '0x'],
    ['function', `0x${'ab'.repeat(24)}`],
    ['string', 'anything at all'],
    ['uint256[]', '[1,2]'],
    ['(address,uint256)', '(0x0,1)'],
  ])('lets %s %s pass', (type, value) => {
    expect(argumentProblem({ type, choices: null }, value)).toBeNull();
  });

  it.each([
    ['address', '0x1234'],
    ['uint256', '12x'],
    ['uint256', '-1'],
    ['bytes4', '0x1234'],
    ['bytes', '0x123'],
    ['function', `0x${'ab'.repeat(20)}`],
  ])('stops %s %s', (type, value) => {
    expect(argumentProblem({ type, choices: null }, value)).not.toBeNull();
  });

  it('takes members of an enum by their names and numbers', () => {
    const mode = { type: 'uint8', choices: ['Off', 'On'] };
    for (const value of ['On', 'Mode.On', '1', '7'])
      expect(argumentProblem(mode, value)).toBeNull();
    expect(argumentProblem(mode, 'Of')).not.toBeNull();
  });
});
