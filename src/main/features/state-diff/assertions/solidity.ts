import type { Getter } from '../naming/named-account.ts';
import type { Asserted, AssertedAccount, Assertion } from './assertions-of.ts';
import { identifier, plainText, type TestAbout } from './plain-text.ts';
import type { Argument } from './variable-name.ts';

/** Functions of tests are kept to a length that compilers and readers can follow. */
const MOST_IN_ONE = 100;

/** Accounts that forge itself makes or changes for a test. */
const FORGES_OWN = new Map([
  ['0x1804c8AB1F12E6bbf3894d4083f33e07309d1f38', "forge's own sender"],
  ['0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496', 'where forge puts the test'],
  ['0x7109709ECfa91a80626fF3989D68f67F5b1DD12D', 'the cheatcodes'],
  ['0x000000000000000000636F6e736F6c652e6c6f67', 'the console'],
]);

/** A test for forge with forge-std that passes on the later state, and fails on the earlier one. */
export function solidityTest(asserted: Asserted, about: TestAbout): string {
  const { left, system } = asserted;
  const skipped = asserted.accounts.filter(({ address }) => FORGES_OWN.has(address));
  const accounts = asserted.accounts.filter(({ address }) => !FORGES_OWN.has(address));
  const names = new Names();
  const parts = accounts.map((account) => accountTest(account, names));
  return `${[
    '// SPDX-License-Identifier: UNLICENSED',
    'pragma solidity ^0.8.0;',
    '',
    `// What ${plainText(about.chain)} holds at "${plainText(about.after)}", of what is other than at "${plainText(about.before)}".`,
    ...system.map(
      (address) => `// Nothing is asserted of ${address}: the chain writes there at each block.`,
    ),
    ...skipped.map(
      ({ address }) => `// Nothing is asserted of ${address}: it is ${FORGES_OWN.get(address)}.`,
    ),
    ...(left > 0 ? [`// ${left} more assertions are left out: there are too many.`] : []),
    '',
    'import {Test} from "forge-std/Test.sol";',
    '',
    ...parts.flatMap(({ interfaces }) => interfaces),
    'contract ChainStateTest is Test {',
    '    function setUp() public {',
    `        vm.createSelectFork(vm.envOr("RPC_URL", string("${plainText(about.url)}")));`,
    '    }',
    ...parts.flatMap(({ tests }) => tests),
    '}',
  ].join('\n')}\n`;
}

/** Gives each name once. */
class Names {
  readonly #given = new Set<string>();

  free(wanted: string): string {
    for (let n = 1; ; n++) {
      const name = n === 1 ? wanted : `${wanted}_${n}`;
      if (this.#given.has(name)) continue;
      this.#given.add(name);
      return name;
    }
  }
}

function accountTest(
  { address, name, assertions }: AssertedAccount,
  names: Names,
): { interfaces: string[]; tests: string[] } {
  const called = `${identifier(name ?? 'Account')}_${address.slice(2, 10)}`;
  const getters = new Map(
    assertions.flatMap((one) =>
      one.kind === 'getter' ? [[signatureOf(one.getter), one.getter]] : [],
    ),
  );
  const face = getters.size > 0 ? names.free(`I${called}`) : '';
  const tests: string[] = [];
  for (let at = 0; at < assertions.length; at += MOST_IN_ONE) {
    tests.push(
      '',
      ...(name === null ? [] : [`    // ${plainText(name)}`]),
      `    function ${names.free(`test_${called}`)}() public {`,
      ...assertions
        .slice(at, at + MOST_IN_ONE)
        .map((one) => `        ${statement(one, address, face)}`),
      '    }',
    );
  }
  if (getters.size === 0) return { interfaces: [], tests };
  const functions = [...getters.values()].map((getter) => `    ${declaration(getter)}`);
  return { interfaces: [`interface ${face} {`, ...functions, '}', ''], tests };
}

const signatureOf = ({ name, inputs }: Getter): string => `${name}(${inputs.join(',')})`;

const located = (type: string): string =>
  type === 'string' || type === 'bytes' ? `${type} memory` : type;

const declaration = ({ name, inputs, output }: Getter): string =>
  `function ${name}(${inputs.map(located).join(', ')}) external view returns (${located(output)});`;

function statement(assertion: Assertion, address: string, face: string): string {
  if (assertion.kind === 'balance') {
    return `assertEq(address(${address}).balance, ${assertion.value}, "balance");`;
  }
  if (assertion.kind === 'nonce') {
    return `assertEq(vm.getNonce(${address}), ${assertion.value}, "nonce");`;
  }
  if (assertion.kind === 'code') {
    return `assertEq(keccak256(address(${address}).code), bytes32(${assertion.hash}), "code");`;
  }
  const about = `"${plainText(assertion.about || assertion.kind)}"`;
  if (assertion.kind === 'slot') {
    const { slot, word } = assertion;
    return `assertEq(vm.load(${address}, bytes32(${slot})), bytes32(${word}), ${about});`;
  }
  const { getter, arguments: values, value } = assertion;
  const call = `${face}(${address}).${getter.name}(${values.map(literal).join(', ')})`;
  const isShort = /^bytes\d+$/.test(getter.output) && getter.output !== 'bytes32';
  const read = isShort ? `bytes32(${call})` : call;
  const expected = literal({ type: getter.output, text: value });
  return `assertEq(${read}, ${isShort ? `bytes32(${expected})` : expected}, ${about});`;
}

function literal({ type, text }: Argument): string {
  if (/^u?int/.test(type)) return `${type}(${text})`;
  if (/^bytes\d+$/.test(type)) return `${type}(${text})`;
  if (type === 'bytes') return `bytes(hex"${text.slice(2)}")`;
  if (type !== 'string') return text;
  return /^[\x20-\x7e]*$/.test(text) && !/["\\]/.test(text)
    ? `string("${text}")`
    : `string(bytes(hex"${Buffer.from(text).toString('hex')}"))`;
}
