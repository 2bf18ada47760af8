import { createGunzip } from 'node:zlib';
import { request } from 'undici';
import { Mask } from '../lib/secrets/mask.ts';
import { urlSecrets } from '../lib/secrets/secret-url.ts';
import { said } from '../shared/one-line.ts';
import { nodeAddress } from './node-address.ts';
import { LONGEST_MESSAGE, RpcError } from './rpc.ts';

/** One instruction, as nodes trace it without a tracer. */
export interface Instruction {
  pc: number;
  op: string;
  /** From 1. */
  depth: number;
  /** Before it. */
  gas: number;
  /** Of a call also what it gives along. */
  gasCost?: number;
}

/** A node says nothing until it has followed all of them: some seconds for each million. */
const SILENT_MS = 180_000;
const TIMEOUT_MS = 300_000;
const LIST = '"structLogs":[';
/** What comes before the list, or in place of it. */
const MOST_HEAD = 4_000_000;
/** Of one that is not whole yet: it may have its memory, which was not asked for. */
const MOST_ONE = 16_000_000;

/**
 * The instructions of a `debug_traceCall` or `debug_traceTransaction`, as they arrive: a million of
 * them are 70 MB, of which only some are held at a time. Rejects with RpcError.
 */
export async function* instructionsOf(
  url: string,
  method: string,
  params: readonly unknown[],
): AsyncGenerator<readonly Instruction[]> {
  let text = '';
  let isInList = false;
  for await (const piece of bodyOf(url, { jsonrpc: '2.0', id: 1, method, params })) {
    text += piece;
    if (!isInList) {
      const at = text.indexOf(LIST);
      if (at === -1) {
        if (text.length > MOST_HEAD) throw noList();
        continue;
      }
      text = text.slice(at + LIST.length);
      isInList = true;
    }
    const end = text.indexOf('}]');
    const read = wholeOnes(text, end === -1 ? text.lastIndexOf('}') : end);
    if (read) {
      yield read.instructions;
      text = read.rest;
    } else if (text.length > MOST_ONE) throw noList();
    if (end !== -1 && read) return;
  }
  if (!isInList) throw refusal(text, url);
  if (!text.trimStart().startsWith(']')) throw noList();
}

/** @param last where the last whole one may end. null: it ends elsewhere */
function wholeOnes(
  text: string,
  last: number,
): { instructions: readonly Instruction[]; rest: string } | null {
  if (last === -1) return null;
  try {
    const list = text.slice(0, last + 1).replace(/^\s*,/, '');
    const instructions: unknown[] = JSON.parse(`[${list}]`);
    if (!instructions.every(isInstruction)) throw noList();
    return { instructions, rest: text.slice(last + 1) };
  } catch (error) {
    if (error instanceof RpcError) throw error;
    return null;
  }
}

function isInstruction(value: unknown): value is Instruction {
  if (typeof value !== 'object' || value === null) return false;
  const { pc, op, depth, gas, gasCost } = value as Record<string, unknown>;
  return (
    [pc, depth, gas].every(Number.isSafeInteger) &&
    typeof (gasCost ?? 0) === 'number' &&
    typeof op === 'string'
  );
}

async function* bodyOf(url: string, question: object): AsyncGenerator<string> {
  const { address, authorization } = nodeAddress(url);
  try {
    const { body, headers } = await request(address, {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/json', 'accept-encoding': 'identity' },
        ...authorization,
      },
      body: JSON.stringify(question),
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...{ headersTimeout: SILENT_MS, bodyTimeout: SILENT_MS },
    });
    // Some compress whatever they are asked.
    const plain = headers['content-encoding'] === 'gzip' ? body.pipe(createGunzip()) : body;
    const decoder = new TextDecoder();
    for await (const piece of plain) yield decoder.decode(piece, { stream: true });
  } catch (error) {
    const late = error instanceof Error && error.name === 'TimeoutError';
    throw new RpcError(late ? 'no answer in time' : 'no connection', true);
  }
}

function refusal(text: string, url: string): RpcError {
  try {
    const { error } = JSON.parse(text) as { error?: { message?: unknown } };
    if (typeof error?.message === 'string') {
      const hide = (heard: string) => new Mask(urlSecrets(url)).apply(heard);
      return new RpcError(said(error.message, LONGEST_MESSAGE, hide), false);
    }
  } catch {
    // Told below.
  }
  return noList();
}

const noList = (): RpcError => new RpcError('it does not follow each instruction', false);
