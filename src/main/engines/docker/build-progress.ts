import type Docker from 'dockerode';
import protobuf from 'protobufjs';

/** https://github.com/moby/buildkit/blob/master/api/services/control/control.proto, what we read. */
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

/** What the classic builder says of its layers. */
const HOUSEKEEPING = /^( ---> |Removing intermediate container |Successfully built )/;

/** Turns the messages of a build, of BuildKit or of the classic builder, into lines. */
class BuildProgress {
  readonly #say: (line: string) => void;
  readonly #begun = new Set<string>();
  /** Why the build failed, if it did. */
  failure: string | undefined;

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  add(message: Message): void {
    const { stream, error, status: what, id, aux } = message;
    if (error) this.failure = error;
    if (stream) this.#lines(stream);
    if (id === 'moby.buildkit.trace' && typeof aux === 'string') this.#trace(aux);
    // Of a pull; its bars would come in hundreds.
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
    for (const line of text.split(/[\r\n]+/).map((part) => part.trimEnd())) {
      if (line && !HOUSEKEEPING.test(line)) this.#say(line);
    }
  }
}

/**
 * Reads a build or a pull to its end, line by line. Rejects with its last lines in the message when
 * it failed.
 */
export async function follow(
  docker: Docker,
  stream: NodeJS.ReadableStream,
  onProgress: (line: string) => void,
): Promise<void> {
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
}
