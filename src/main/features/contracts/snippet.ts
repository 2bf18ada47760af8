import type { AbiFunction } from 'viem';
import { amountOf } from '../../eth/amount.ts';
import { signatureOf, typesOf } from '../../eth/inside/abi-index.ts';
import { decodedValues } from '../../eth/inside/decoded-value.ts';
import { encodeCall, encodedAs, hasFunctions } from '../../eth/inside/encoded-values.ts';
import { shellWord } from '../../lib/shell-line.ts';
import type { AddressOf } from '../../shared/address-of.ts';
import { plainTextOf } from '../../shared/decoded-text.ts';
import type { SnippetInput } from './contract/calls.ts';
import type { OpenContract } from './open-contract.ts';
import { prepareCall } from './prepare-call.ts';

/** A call as others write it. */
interface Written {
  address: string;
  item: AbiFunction;
  values: readonly unknown[];
  from: string | null;
  /** Wei. */
  value: bigint;
  block: number | undefined;
  /** null: of a remote network, whose address may hold a key. */
  url: string | null;
}

/** The call as a command or as code, to be run elsewhere. */
export async function snippet(
  opened: OpenContract,
  input: SnippetInput,
  addressOf: AddressOf,
  urlOf: (network: string) => Promise<string | null>,
): Promise<string> {
  const sender = input.from ?? (input.sends && opened.from.isOwn ? '0' : undefined);
  const { item, values, from } = prepareCall(opened, { ...input, from: sender }, addressOf);
  const written: Written = {
    ...{ address: opened.address, item, values, from, block: input.block },
    value: amountOf(input.value),
    url: opened.from.isOwn ? await urlOf(opened.from.name) : null,
  };
  if (input.as === 'cast') return input.sends ? castSend(written) : castCall(written);
  return input.sends ? viemSend(written) : viemRead(written);
}

const castCall = (call: Written): string =>
  line([
    ...['cast', 'call', call.address, `${signatureOf(call.item)}${typesOf(call.item.outputs)}`],
    ...words(call),
    ...(call.from ? ['--from', call.from] : []),
    ...(call.block === undefined ? [] : ['--block', String(call.block)]),
    ...rpcUrl(call),
  ]);

const castSend = (call: Written): string =>
  line([
    ...['cast', 'send', call.address, signatureOf(call.item), ...words(call)],
    ...(call.value > 0n ? ['--value', String(call.value)] : []),
    ...(call.from ? ['--from', call.from, '--unlocked'] : []),
    ...rpcUrl(call),
  ]);

const VARIABLE = '"$RPC_URL"';

const rpcUrl = ({ url }: Written): string[] => ['--rpc-url', url ?? VARIABLE];

const line = (all: readonly string[]): string =>
  all.map((word) => (word === VARIABLE ? word : shellWord(word))).join(' ');

/** Negative numbers would be taken for options. */
function words({ item, values }: Written): string[] {
  const texts = decodedValues(item.inputs, values).map(plainTextOf);
  return texts.some((text) => text.startsWith('-')) ? ['--', ...texts] : texts;
}

const viemRead = (call: Written): string =>
  hasFunctions(call.item.inputs)
    ? viemReadOfBytes(call)
    : `import { createPublicClient, http } from 'viem';

const client = createPublicClient({ transport: http(${transport(call)}) });
const value = await client.readContract({
${entries(call)}${account(call)}${block(call)}});
`;

/** viem takes no functions as values: what it would encode them as is another function's call. */
const viemReadOfBytes = (
  call: Written,
): string => `import { createPublicClient, decodeAbiParameters, http } from 'viem';

const client = createPublicClient({ transport: http(${transport(call)}) });
const { data } = await client.call({
${bytes(call)}${account(call)}${block(call)}});
const value = decodeAbiParameters(${JSON.stringify(encodedAs(call.item.outputs))}, data ?? '0x');
`;

const viemSend = (call: Written): string => `import { createWalletClient, http } from 'viem';

const client = createWalletClient({ transport: http(${transport(call)}) });
const hash = await client.${hasFunctions(call.item.inputs) ? 'sendTransaction' : 'writeContract'}({
${hasFunctions(call.item.inputs) ? bytes(call) : entries(call)}${account(call)}  chain: null,
${call.value > 0n ? `  value: ${call.value}n,\n` : ''}});
`;

const account = ({ from }: Written): string => (from ? `  account: '${from}',\n` : '');

const block = ({ block: number }: Written): string =>
  number === undefined ? '' : `  blockNumber: ${number}n,\n`;

/** The call as it is sent, with what it says above it. */
const bytes = ({ address, item, values }: Written): string =>
  [
    `  // ${signatureOf(item)}`,
    `  to: '${address}',`,
    `  data: '${encodeCall(item, values)}',`,
    '',
  ].join('\n');

const transport = ({ url }: Written): string => (url ? `'${url}'` : 'process.env.RPC_URL');

const entries = ({ address, item, values }: Written): string =>
  [
    `  address: '${address}',`,
    `  abi: [${JSON.stringify({ ...item, outputs: encodedAs(item.outputs) })}],`,
    `  functionName: '${item.name}',`,
    ...(values.length > 0 ? [`  args: ${literal(values)},`] : []),
    '',
  ].join('\n');

function literal(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = Object.entries(value).map(
    ([name, one]) => `${JSON.stringify(name)}: ${literal(one)}`,
  );
  return `{ ${parts.join(', ')} }`;
}
