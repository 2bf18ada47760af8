import type Docker from 'dockerode';
import protobuf from 'protobufjs';
import { lastState } from '../../lib/redrawn-line.ts';

/**
 * The fields that Drydock reads of
 * https://github.com/moby/buildkit/blob/master/api/services/control/control.proto.
 */
const status = protobuf
  .parse(
    `syntax = "proto3";
     message Timestamp { int64 seconds = 1; int32 nanos = 2; }
     message Vertex {
       string digest = 1; string name = 3; bool cached = 4;
       Timestamp started = 5; Timestamp completed = 6; string error = 7;
     }
     message VertexLog { string vertex = 1; bytes msg = 4; }
     message Status { repeated Vertex vertexes = 1; repeated VertexLog logs = 3; }`,
  )
  .root.lookupType('Status');

interface Status {
  vertexes: {
    digest: string;
    name: string;
    cached: boolean;
    started?: object;
    completed?: object;
    error: string;
  }[];
  logs: { msg: Uint8Array }[];
}

interface Message {
  stream?: string;
  error?: string;
  status?: string;
  id?: string;
  aux?: unknown;
}

/** What the classic builder reports about its layers. */
const HOUSEKEEPING = /^( ---> |Removing intermediate container |Successfully built )/;

/** Converts the messages of a build, by BuildKit or by the classic builder, to lines. */
class BuildProgress {
  readonly #say: (line: string) => void;
  readonly #begun = new Set<string>();
  /** Why the build failed, if it did. */
  failure: string | undefined;
  /** Id of the image that was built. */
  image: string | undefined;

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  add(message: Message): void {
    const { stream, error, status: what, id, aux } = message;
    if (error) this.failure = error;
    if (stream) this.#lines(stream);
    if (typeof aux === 'object' && aux && 'ID' in aux) this.image = String(aux.ID);
    if (id === 'moby.buildkit.trace' && typeof aux === 'string') this.#trace(aux);
    // Pulls report hundreds of progress bars.
    else if (id && what && /complete|exists/i.test(what)) this.#lines(`${id}: ${what}`);
  }

  #trace(aux: string): void {
    const { vertexes, logs } = status.toObject(status.decode(Buffer.from(aux, 'base64')), {
      arrays: true,
      defaults: true,
    }) as Status;
    for (const { digest, name, cached, started, error } of vertexes) {
      if (error) this.#lines(error);
      if (!started || this.#begun.has(digest)) continue;
      this.#begun.add(digest);
      this.#lines(cached ? `${name} (cached)` : name);
    }
    for (const { msg } of logs) this.#lines(Buffer.from(msg).toString('utf8'));
  }

  #lines(text: string): void {
    for (const line of text.split('\n').map((part) => lastState(part).trimEnd())) {
      if (line && !HOUSEKEEPING.test(line)) this.#say(line);
    }
  }
}

/**
 * Reads a build or a pull to its end, line by line. Returns the id of the image that was built.
 * When it failed, rejects with its last lines in the message.
 */
export async function follow(
  docker: Docker,
  stream: NodeJS.ReadableStream,
  onProgress: (line: string) => void,
): Promise<string | undefined> {
  const last: string[] = [];
  const progress = new BuildProgress((line) => {
    last.push(line);
    if (last.length > 5) last.shift();
    onProgress(line);
  });
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(
      stream,
      (error) => (error ? reject(error) : resolve()),
      (message) => progress.add(message),
    );
  });
  if (progress.failure !== undefined) throw new Error([...last, progress.failure].join('\n'));
  return progress.image;
}
