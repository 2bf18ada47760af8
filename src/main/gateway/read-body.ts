import type { IncomingMessage } from 'node:http';

/**
 * Reads a body to its end, or until it is longer than `most` bytes: then the rest waits in the
 * request, which is paused. Calls `read` once; never, when the sender went away before.
 */
export function readBody(
  request: IncomingMessage,
  most: number,
  read: (body: Buffer, isWhole: boolean) => void,
): void {
  const pieces: Buffer[] = [];
  let bytes = 0;
  const joined = () => (pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces));
  const take = (piece: Buffer) => {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes <= most) return;
    request.off('data', take).off('end', end);
    request.pause();
    read(joined(), false);
  };
  const end = () => read(joined(), true);
  request.on('data', take).on('end', end);
  // An aborted request is told by the end of its response.
  request.on('error', () => undefined);
}
