import { describe, expect, test } from 'vitest';
import { CodeIndex } from './code-index.ts';
import type { CompiledContract } from './compiled-contract.ts';
import { gapsOf } from './unlinked-code.ts';

const compiled = (name: string, more: Partial<CompiledContract>): CompiledContract => {
  const { creationCode = `aa${name}`, runtimeCode = '' } = more;
  return {
    ...{ name, source: `${name}.sol`, abi: [], rank: 0, creationCode, runtimeCode },
    ...{ creationGaps: gapsOf(creationCode), runtimeGaps: gapsOf(runtimeCode), ...more },
  };
};

/** So many bytes of code, different for each seed. */
const code = (seed: number, bytes: number): string =>
  Array.from({ length: bytes }, (_, i) =>
    ((seed * 31 + i * 7) % 256).toString(16).padStart(2, '0'),
  ).join('');
const PLACEHOLDER = `__$${'ab'.repeat(17)}$__`;
const ADDRESS = '12'.repeat(20);
/** Ends with how long it is, as compilers write it. */
const metadata = (seed: number): string => `${code(seed, 51)}0033`;

const nameOf = (index: CodeIndex, runtime: string) => index.byRuntime(runtime)?.contract.name;

describe('by creation code', () => {
  const index = new CodeIndex([
    compiled('Short', { creationCode: code(1, 40) }),
    compiled('Long', { creationCode: code(1, 40) + code(2, 40) }),
    compiled('Linked', { creationCode: code(3, 50) + PLACEHOLDER + code(4, 10) }),
    compiled('LinkedEarly', { creationCode: code(5, 4) + PLACEHOLDER + code(6, 30) }),
    compiled('Tiny', { creationCode: '6001600255' }),
    compiled('Abstract', { creationCode: '' }),
  ]);
  const found = (digits: string) => {
    const named = index.byCreation(digits);
    return named && `${named.contract.name}(${named.constructorArguments})`;
  };

  test('what follows it are the arguments', () => {
    expect(found(`0x${code(1, 40)}`)).toBe('Short()');
    expect(found(`0x${code(1, 40)}0005`)).toBe('Short(0005)');
    expect(found(code(1, 40).toUpperCase())).toBe('Short()');
  });

  test('the longest counts', () => {
    expect(found(`${code(1, 40)}${code(2, 40)}07`)).toBe('Long(07)');
  });

  test('addresses of libraries may be any, wherever they stand', () => {
    expect(found(`${code(3, 50)}${ADDRESS}${code(4, 10)}`)).toBe('Linked()');
    expect(found(`${code(5, 4)}${ADDRESS}${code(6, 30)}01`)).toBe('LinkedEarly(01)');
  });

  test('other code is none, nor is a part of it, nor nothing', () => {
    expect(found(code(9, 60))).toBeNull();
    expect(found(`${code(3, 50)}${ADDRESS}${code(7, 10)}`)).toBeNull();
    expect(found(code(1, 39))).toBeNull();
    expect(found('0x')).toBeNull();
  });

  test('code that is shorter than what is compared first is found as well', () => {
    expect(found('0x6001600255')).toBe('Tiny()');
    expect(found(`0x6001600255${'00'.repeat(64)}`)).toBe(`Tiny(${'00'.repeat(64)})`);
  });
});

describe('by runtime code', () => {
  test('immutable values and addresses of libraries may be any', () => {
    const runtime = `${code(1, 20)}${'00'.repeat(32)}${PLACEHOLDER}${code(2, 20)}`;
    const runtimeGaps = [...gapsOf(runtime), { start: 20, length: 32 }];
    const index = new CodeIndex([compiled('Vault', { runtimeCode: runtime, runtimeGaps })]);
    expect(nameOf(index, `0x${code(1, 20)}${'77'.repeat(32)}${ADDRESS}${code(2, 20)}`)).toBe(
      'Vault',
    );
    expect(
      nameOf(index, `0x${code(1, 20)}${'77'.repeat(32)}${ADDRESS}${code(3, 20)}`),
    ).toBeUndefined();
    expect(
      nameOf(index, `0x${code(1, 20)}${'77'.repeat(32)}${ADDRESS}${code(2, 19)}`),
    ).toBeUndefined();
  });

  test('a library holds its own address', () => {
    const index = new CodeIndex([
      compiled('Rates', { runtimeCode: `73${'0'.repeat(40)}30${code(1, 20)}` }),
    ]);
    expect(nameOf(index, `0x73${ADDRESS}30${code(1, 20)}`)).toBe('Rates');
  });

  test('one that differs in its metadata alone is the same, unless another one fits whole', () => {
    const [here, there] = [code(1, 60) + metadata(1), code(1, 60) + metadata(2)];
    const copy = compiled('Copy', { creationCode: code(8, 70), runtimeCode: there, rank: 2 });
    const own = compiled('Own', { creationCode: code(9, 70), runtimeCode: here });
    expect(nameOf(new CodeIndex([own]), there)).toBe('Own');
    expect(nameOf(new CodeIndex([own, copy]), there)).toBe('Copy');
    expect(nameOf(new CodeIndex([own, copy]), here)).toBe('Own');
    expect(nameOf(new CodeIndex([own]), code(2, 60) + metadata(1))).toBeUndefined();
  });

  test('of the same code the lowest rank gives the name, and then the first', () => {
    const runtimeCode = code(1, 60);
    const ranked = ([name, rank]: [string, number]) => compiled(name, { runtimeCode, rank });
    const of = (...all: [string, number][]) => new CodeIndex(all.map(ranked));
    expect(nameOf(of(['Package', 2], ['Own', 0], ['Deployed', 1]), runtimeCode)).toBe('Own');
    expect(nameOf(of(['A', 1], ['B', 1]), runtimeCode)).toBe('A');
  });

  test('what has no code has no name', () => {
    const index = new CodeIndex([compiled('None', { runtimeCode: '' })]);
    expect(index.byRuntime('0x')).toBeNull();
  });
});
