import type { Asserted, AssertedAccount, Assertion } from './assertions-of.ts';
import { plainText, type TestAbout } from './plain-text.ts';
import type { Argument } from './variable-name.ts';

/** From where `test` comes. */
export type Runner = 'node:test' | 'vitest';

/** A test with viem that passes on the later state, and fails on the earlier one. */
export function typescriptTest(
  { accounts, left, system }: Asserted,
  about: TestAbout,
  runner: Runner,
): string {
  return `${[
    `// What ${plainText(about.chain)} holds at "${plainText(about.after)}", of what is other than at "${plainText(about.before)}".`,
    ...system.map(
      (address) => `// Nothing is asserted of ${address}: the chain writes there at each block.`,
    ),
    ...(left > 0 ? [`// ${left} more assertions are left out: there are too many.`] : []),
    '',
    "import assert from 'node:assert/strict';",
    ...(runner === 'node:test' ? ["import { test } from 'node:test';"] : []),
    "import { createPublicClient, http, keccak256, parseAbi } from 'viem';",
    ...(runner === 'vitest' ? ["import { test } from 'vitest';"] : []),
    '',
    'const client = createPublicClient({',
    `  transport: http(process.env.RPC_URL ?? '${plainText(about.url)}'),`,
    '});',
    ...accounts.flatMap(accountTest),
  ].join('\n')}\n`;
}

function accountTest({ address, name, assertions }: AssertedAccount): string[] {
  const title = name === null ? address : `${plainText(name)} ${address}`;
  return [
    '',
    `test(${JSON.stringify(title)}, async () => {`,
    `  const address = '${address}';`,
    ...assertions.map((one) => `  ${statement(one)}`),
    '});',
  ];
}

function statement(assertion: Assertion): string {
  if (assertion.kind === 'balance') {
    return `assert.equal(await client.getBalance({ address }), ${assertion.value}n, 'balance');`;
  }
  if (assertion.kind === 'nonce') {
    return `assert.equal(BigInt(await client.getTransactionCount({ address })), ${assertion.value}n, 'nonce');`;
  }
  if (assertion.kind === 'code') {
    return `assert.equal(keccak256((await client.getCode({ address })) ?? '0x'), '${assertion.hash}', 'code');`;
  }
  const about = JSON.stringify(plainText(assertion.about || assertion.kind));
  if (assertion.kind === 'slot') {
    const { slot, word } = assertion;
    return `assert.equal(await client.getStorageAt({ address, slot: '${slot}' }), '${word}', ${about});`;
  }
  const { getter, arguments: values, value } = assertion;
  const { name, inputs, output } = getter;
  const declared = `function ${name}(${inputs.join(', ')}) view returns (${output})`;
  const read = [
    ...['address', `abi: parseAbi(['${declared}'])`, `functionName: '${name}'`],
    ...(values.length > 0 ? [`args: [${values.map(literal).join(', ')}]`] : []),
  ].join(', ');
  const got = `await client.readContract({ ${read} })`;
  return /^u?int/.test(output)
    ? `assert.equal(BigInt(${got}), ${value}n, ${about});`
    : `assert.equal(${got}, ${literal({ type: output, text: value })}, ${about});`;
}

/** viem takes and returns numbers of at most 48 bits as such. */
const MOST_BITS = 48;

function literal({ type, text }: Argument): string {
  const bits = /^u?int(\d*)$/.exec(type)?.[1];
  if (bits !== undefined) return Number(bits || 256) <= MOST_BITS ? text : `${text}n`;
  return type === 'bool' ? text : JSON.stringify(text);
}
