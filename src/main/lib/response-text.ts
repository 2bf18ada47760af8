import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';

/** What `responseText` can decode, as a request header. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

/** The body is larger than allowed, or has an encoding that was not requested. */
export class UnreadableBody extends Error {}

/** The number that `fetch` allows; each costs memory and time. */
const MOST_ENCODINGS = 5;

type Decode = (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const decoders = new Map<string, Decode>([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['br', promisify(brotliDecompress)],
  // With a zlib header, as the standard requires, or without, as some servers send it.
  [
    'deflate',
    (body, options) =>
      ((body[0] ?? 0) & 0x0f) === 8
        ? promisify(inflate)(body, options)
        : promisify(inflateRaw)(body, options),
  ],
]);

/**
 * Reads a body to its end and decodes it. Never holds more than `maxBytes`, however well the body
 * was compressed. Rejects with UnreadableBody, or as the stream does.
 *
 * @param encoding the header `content-encoding`, https://www.rfc-editor.org/rfc/rfc9110#section-8.4
 */
export async function responseText(
  body: AsyncIterable<Uint8Array>,
  encoding: string | string[] | undefined,
  maxBytes: number,
): Promise<string> {
  let decoded = await read(body, maxBytes);
  const names = encodings(encoding).reverse();
  if (names.length > MOST_ENCODINGS) {
    throw new UnreadableBody(`its answer is encoded ${names.length} times over`);
  }
  for (const name of names) {
    const decode = decoders.get(name);
    if (!decode) throw new UnreadableBody(`its answer is encoded as ${name}`);
    decoded = await decode(decoded, { maxOutputLength: maxBytes }).catch((error: Error) => {
      const tooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
      throw tooLarge ? larger(maxBytes) : new UnreadableBody(`its answer is no valid ${name}`);
    });
  }
  return decoded.toString('utf8');
}

/** Leaving the loop ends the stream. */
async function read(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > maxBytes) throw larger(maxBytes);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

const encodings = (header: string | string[] | undefined): string[] =>
  [header ?? []]
    .flat()
    .join(',')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');

const larger = (maxBytes: number): UnreadableBody =>
  new UnreadableBody(`its answer is larger than ${Math.round(maxBytes / 1024 / 1024)} MB`);
