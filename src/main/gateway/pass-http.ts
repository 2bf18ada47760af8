import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import type { Backend, Outgoing } from './backend.ts';

export interface Passed {
  backend: Backend;
  out: Outgoing;
  /** What is answered in addition to what the node says. */
  headers: Record<string, string>;
  /** The body that isn't read yet; null: all of it stands in `out`. */
  rest: IncomingMessage | null;
  /** Gets the first part of the answer, up to so many bytes, once it is complete. */
  tap: { bytes: number; seen(answer: Buffer): void } | null;
  /** There is no answer, or half of one. `isGone`: the node can't be reached, and no one was told. */
  failed(error: Error, isGone: boolean): void;
  /** Called once, whatever the end was. */
  ended(): void;
}

/** Sends a request on, and what comes back to whom it came from, as it comes. */
export function passHttp(response: ServerResponse, passed: Passed): void {
  let upstream: ClientRequest;
  let isOver = false;
  let isRepeated = false;
  const end = (error?: Error) => {
    if (isOver) return;
    isOver = true;
    if (error) passed.failed(error, !response.headersSent && !response.destroyed);
    passed.ended();
  };
  const failed = (error: Error) => {
    if (isOver) return;
    const { out, backend } = passed;
    if (!response.headersSent && !isRepeated && backend.mayRepeat(upstream, error, out.body)) {
      isRepeated = true;
      start();
      return;
    }
    end(error);
    // Half an answer must not look like a whole one.
    if (response.headersSent && !response.writableEnded) response.destroy();
  };
  const start = () => {
    upstream = passed.backend.send(
      passed.out,
      (answer) => giveBack(response, answer, passed, end, failed),
      failed,
    );
    passed.rest?.pipe(upstream);
  };
  response.on('close', () => {
    if (isOver) return;
    upstream.destroy();
    end(new Error('The program went away before the answer.'));
  });
  start();
}

function giveBack(
  response: ServerResponse,
  answer: IncomingMessage,
  { headers, tap }: Passed,
  end: () => void,
  failed: (error: Error) => void,
): void {
  const length = answer.headers['content-length'];
  const type = answer.headers['content-type'];
  const all: Record<string, string> = { ...headers };
  if (type !== undefined) all['content-type'] = type;
  if (length !== undefined) all['content-length'] = length;
  response.writeHead(answer.statusCode ?? 502, all);
  const copy: Buffer[] = [];
  let copied = 0;
  const complete = (last?: Buffer) => {
    end();
    response.end(last);
    tap?.seen(Buffer.concat(copy).subarray(0, tap.bytes));
  };
  answer.on('data', (piece: Buffer) => {
    if (tap && copied < tap.bytes) {
      copy.push(piece);
      copied += piece.length;
    }
    // The usual answer comes in one piece, and leaves at once together with its head.
    if (piece.length === Number(length)) complete(piece);
    else if (!response.write(piece)) {
      answer.pause();
      response.once('drain', () => answer.resume());
    }
  });
  answer.on('end', () => {
    if (!response.writableEnded) complete();
  });
  answer.on('error', failed);
}
