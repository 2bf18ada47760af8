import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Abi } from 'viem';
import type { Artifact, Compilation, CompilerStorageLayout } from '../../eth/artifact.ts';
import type { CodeGap } from '../../eth/compiled-contract.ts';
import { abiIndex } from '../../eth/inside/abi-index.ts';
import { readAbi } from '../../eth/read-abi.ts';

/** What code on a chain is compared with; hex digits without 0x. */
export interface PackedCode {
  creationCode: string;
  creationGaps: readonly CodeGap[];
  runtimeCode: string;
  runtimeGaps: readonly CodeGap[];
}

export interface PackedDetail {
  abi: Abi;
  creationSourceMap: string | null;
  runtimeSourceMap: string | null;
  /** `hash`: SHA-256 of the text, hex digits; null: the text is not known. */
  sources: { id: number; path: string; hash: string | null }[];
  storageLayout: CompilerStorageLayout | null;
  compilation: Compilation | null;
}

export type EntryKind = 'function' | 'error' | 'event';

export interface PackedEntry {
  /** Tells apart most entries of one hash. */
  mark: Uint8Array;
  kind: EntryKind;
  /** Selector or topic. */
  hash: Uint8Array;
  /** JSON. */
  entry: string;
}

/** An artifact as it is stored. */
export interface PackedArtifact {
  hash: Uint8Array;
  name: string;
  source: string;
  creationHead: Uint8Array | null;
  creationLength: number;
  runtimeLength: number;
  creationHash: Uint8Array | null;
  code: Uint8Array;
  detail: Uint8Array;
  completeness: number;
  entries: PackedEntry[];
  sources: { hash: Uint8Array; text: Uint8Array }[];
}

/** Bytes of creation code by which candidates are found. */
export const HEAD_BYTES = 32;
const MARK_BYTES = 4;
/** No chain takes as much, whatever its limit. */
const MOST_CODE_DIGITS = 8_000_000;
const IS_CODE = /^[0-9a-f]*$/i;

export const packJson = (value: unknown): Uint8Array => deflateRawSync(JSON.stringify(value));

/** Of what `packJson` has made. */
export const unpackJson = <T>(packed: Uint8Array): T => JSON.parse(unpackText(packed)) as T;

const packText = (text: string): Uint8Array => deflateRawSync(text);

export const unpackText = (packed: Uint8Array): string => inflateRawSync(packed).toString();

export const digestOf = (...parts: (string | Uint8Array)[]): Uint8Array => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest();
};

/** null for what is no artifact that anything could be told by. */
export function pack(artifact: Artifact): PackedArtifact | null {
  const { name, source } = artifact;
  const abi = readAbi(artifact.abi);
  const code = codeOf(artifact);
  if (!code || (abi.length === 0 && code.creationCode === '')) return null;
  const texts = artifact.sources.map(({ text }) => (text === null ? null : digestOf(text)));
  const detail: PackedDetail = {
    abi,
    creationSourceMap: artifact.creationSourceMap,
    runtimeSourceMap: artifact.runtimeSourceMap,
    sources: artifact.sources.map(({ id, path }, i) => ({ id, path, hash: hexOf(texts[i]) })),
    storageLayout: artifact.storageLayout,
    compilation: artifact.compilation,
  };
  return {
    hash: digestOf(name, source, code.creationCode, code.runtimeCode, JSON.stringify(abi)),
    name,
    source,
    ...lookedUpBy(code),
    code: packJson(code),
    ...packDetail(detail),
    entries: entriesOf(abi),
    sources: artifact.sources.flatMap(({ text }, i) => {
      const hash = texts[i];
      return text === null || !hash ? [] : [{ hash, text: packText(text) }];
    }),
  };
}

export const packDetail = (detail: PackedDetail) => ({
  detail: packJson(detail),
  completeness: completenessOf(detail),
});

function codeOf(artifact: Artifact): PackedCode | null {
  const creationCode = artifact.creationCode.toLowerCase();
  const runtimeCode = artifact.runtimeCode.toLowerCase();
  const { creationGaps, runtimeGaps } = artifact;
  const isUsable = isCode(creationCode, creationGaps) && isCode(runtimeCode, runtimeGaps);
  return isUsable ? { creationCode, creationGaps, runtimeCode, runtimeGaps } : null;
}

/** Placeholders stand in gaps alone. */
function isCode(digits: string, gaps: readonly CodeGap[]): boolean {
  if (digits.length > MOST_CODE_DIGITS || digits.length % 2 !== 0) return false;
  if (IS_CODE.test(digits)) return true;
  let at = 0;
  for (const { start, length } of gaps.toSorted((a, b) => a.start - b.start)) {
    if (!IS_CODE.test(digits.slice(at, start * 2))) return false;
    at = Math.max(at, (start + length) * 2);
  }
  return IS_CODE.test(digits.slice(at));
}

function lookedUpBy({ creationCode, creationGaps, runtimeCode }: PackedCode) {
  const isOpen =
    creationCode.length < HEAD_BYTES * 2 || creationGaps.some(({ start }) => start < HEAD_BYTES);
  return {
    creationHead: creationCode === '' ? null : isOpen ? new Uint8Array() : headOf(creationCode),
    creationLength: creationCode.length / 2,
    runtimeLength: runtimeCode.length / 2,
    creationHash:
      creationCode === '' || creationGaps.length > 0
        ? null
        : digestOf(Buffer.from(creationCode, 'hex')),
  };
}

/** @param digits at least so many as the head has */
export const headOf = (digits: string): Uint8Array =>
  Buffer.from(digits.slice(0, HEAD_BYTES * 2), 'hex');

function entriesOf(abi: Abi): PackedEntry[] {
  const { functions, errors, events } = abiIndex(abi);
  const of = (kind: EntryKind, found: ReadonlyMap<string, readonly unknown[]>) =>
    [...found].flatMap(([hash, all]) =>
      all.map((one) => {
        const entry = JSON.stringify(one);
        return {
          mark: digestOf(kind, entry).subarray(0, MARK_BYTES),
          kind,
          hash: bytesOf(hash),
          entry,
        };
      }),
    );
  return [...of('function', functions), ...of('error', errors), ...of('event', events)];
}

/** Of a build that has kept less than another one of the same code, the details don't count. */
function completenessOf({ sources, storageLayout, runtimeSourceMap }: PackedDetail): number {
  const texts = sources.filter(({ hash }) => hash !== null).length;
  return (
    (storageLayout ? 4 : 0) +
    (runtimeSourceMap ? 2 : 0) +
    (texts > 0 && texts === sources.length ? 1 : 0)
  );
}

/** @param hex with 0x */
export const bytesOf = (hex: string): Uint8Array => Buffer.from(hex.slice(2), 'hex');

const hexOf = (bytes: Uint8Array | null | undefined): string | null =>
  bytes ? Buffer.from(bytes).toString('hex') : null;
