import { endWords, signalOf } from '../../lib/processes/process-end.ts';
import type { Fix } from '../../shared/errors.ts';
import type { Failure } from '../../shared/run.ts';
import type { Probed } from '../../targets/runtime/probe.ts';

export interface LogLine {
  seq: number;
  /** Without colours. */
  text: string;
}

/** What is known of a run that has failed. */
export interface About {
  deployment: number;
  dockerfile: string;
  /** TCP ports that the image exposes. */
  exposed: readonly number[];
  /** That was asked; null: it was not known which one. */
  port: number | null;
  path: string | null;
  /** It runs without the rights that its image would have given it. */
  reduced: boolean;
  /** What the run has written, the last few thousand lines. */
  lines: readonly LogLine[];
}

/** How the container has ended. */
export interface Ended {
  exitCode: number | null;
  outOfMemory: boolean;
}

const retry = ({ deployment }: About, label: string, input: Record<string, unknown>): Fix => ({
  label,
  command: `drydock deployment retry ${deployment} ${Object.entries(input)
    .map(([name, value]) => `--set ${name}=${value}`)
    .join(' ')}`,
  call: { procedure: 'deployments.retry', input: { id: deployment, changes: { input } } },
});

/** A build that has failed; `said` is the engine's message. */
export function buildFailed(said: string, about: About): Failure {
  const { dockerfile, lines } = about;
  const text = [...lines.map((line) => line.text), said].join('\n');
  const lineOf = (pattern: RegExp) => lines.findLast((line) => pattern.test(line.text))?.seq;
  for (const { code, pattern, message } of buildCauses) {
    const match = pattern.exec(text);
    if (!match) continue;
    const seq = lineOf(pattern) ?? lines.at(-1)?.seq;
    return { code, message: message(match, dockerfile), ...(seq === undefined ? {} : { seq }) };
  }
  const seq = lineOf(/\b(error|failed|cannot|can't)\b/i) ?? lines.at(-1)?.seq;
  return { code: 'IMAGE_BUILD_FAILED', message: said, ...(seq === undefined ? {} : { seq }) };
}

interface BuildCause {
  code: string;
  pattern: RegExp;
  message: (match: RegExpExecArray, dockerfile: string) => string;
}

const buildCauses: BuildCause[] = [
  {
    code: 'DISK_FULL',
    pattern: /no space left on device/i,
    message: () =>
      'The disk that Docker keeps its images on is full. Free some space there ("drydock image cleanup"), then deploy again.',
  },
  {
    code: 'BASE_IMAGE_MISSING',
    pattern:
      /pull access denied for ([^\s,]+)|manifest for (\S+) not found|([^\s"]+): (?:failed to resolve source metadata|not found$)/im,
    message: (match, file) =>
      `The image ${match[1] ?? match[2] ?? match[3]} that ${file} builds from can't be had. Correct its name after FROM, log in to its registry with "docker login", or check the connection; then deploy again.`,
  },
  {
    code: 'REGISTRY_UNREACHABLE',
    pattern:
      /Get "?https?:\/\/([^/"\s]+)[^:]*"?: (?:.*(?:no such host|i\/o timeout|connection refused|context deadline|server misbehaving|certificate|EOF))/i,
    message: (match, file) =>
      `The registry ${match[1]} could not be reached for the image that ${file} builds from. Check the connection and the proxy of the Docker daemon, then deploy again.`,
  },
  {
    code: 'FILE_MISSING',
    pattern:
      /(?:COPY|ADD) failed: .*?(?:stat |no source files|not found in build context).*|failed to compute cache key(?:.*"([^"]+)": not found)?/i,
    message: (match, file) =>
      `${file} copies a file that is not in the project's folder, or that .dockerignore leaves out${match[1] ? ` (${match[1]})` : ''}. Correct the line, or put the file there; then deploy again.`,
  },
  {
    code: 'BUILD_COMMAND_FAILED',
    pattern:
      /The command '(.+)' returned a non-zero code: (\d+)|process "(.+)" did not complete successfully: exit code: (\d+)/,
    message: (match, file) =>
      `A command of ${file} failed with exit code ${match[2] ?? match[4]}: ${shortCommand(match[1] ?? match[3] ?? '')}. What it wrote stands above in the log; correct it, then deploy again.`,
  },
  {
    code: 'DOCKERFILE_UNUSABLE',
    pattern: /(?:dockerfile parse error|unknown instruction)[^\n]*/i,
    message: (match, file) =>
      `${file} can't be read: ${match[0].trim()}. Correct it, then deploy again.`,
  },
];

const shortCommand = (command: string): string => {
  const plain = command.replace(/^\/bin\/sh -c /, '');
  return plain.length > 160 ? `${plain.slice(0, 160)}…` : plain;
};

/** The image doesn't tell on which port the app listens. */
export function portUnknown(about: About): Failure {
  const { exposed, dockerfile } = about;
  const [first] = exposed;
  if (first === undefined) {
    return {
      code: 'PORT_UNKNOWN',
      message: `The image exposes no port, so it can't be told where the app listens. Add a line like "EXPOSE 8080" to ${dockerfile}, or say the port: --set port=8080.`,
    };
  }
  return {
    code: 'PORT_UNKNOWN',
    message: `The image exposes the ports ${exposed.join(', ')}. Say which of them the app responds on, e.g. --set port=${first}.`,
    fix: retry(about, `Use port ${first}`, { port: first }),
  };
}

/** The container has ended before it has responded once. */
export function endedEarly({ exitCode, outOfMemory }: Ended, about: About): Failure {
  if (outOfMemory) {
    return {
      code: 'OUT_OF_MEMORY',
      message:
        'The app needed more memory than its container may use, and was ended. Let it use less, or give Docker more; then deploy again.',
      ...lastLine(about),
    };
  }
  const refused = about.reduced && about.lines.findLast(({ text }) => NO_RIGHT.test(text));
  if (refused) {
    return {
      code: 'NOT_PERMITTED',
      message: `The app was refused a right that its image would have as root: ${refused.text.trim()}. Let the image name a user of its own (USER), or deploy it with its own user.`,
      seq: refused.seq,
      fix: retry(about, "Run as the image's own user", { imageUser: true }),
    };
  }
  if (exitCode === 126 || exitCode === 127) {
    return {
      code: 'COMMAND_MISSING',
      message: `The command that the image starts isn't there, or can't be run (exit code ${exitCode}). Correct CMD or ENTRYPOINT in ${about.dockerfile}, then deploy again.`,
      ...lastLine(about),
    };
  }
  const signal = signalOf({ code: exitCode });
  if (signal !== null) {
    return {
      code: 'ENDED_EARLY',
      message: `The app ${endWords({ code: null, signal })} before it responded once. The log shows what it wrote until then; deploy again.`,
      ...lastLine(about),
    };
  }
  const said = lastWords(about.lines);
  const how = exitCode === 0 ? 'had nothing more to do' : `ended with exit code ${exitCode}`;
  const what = said ? `: ${said.text.trim()}` : ' and wrote nothing';
  return {
    code: 'ENDED_EARLY',
    message: `The app ${how} before it responded once${what}. ${
      exitCode === 0
        ? 'What the image starts must go on running; correct CMD or ENTRYPOINT, then deploy again.'
        : 'The log shows what it wrote; correct it, then deploy again.'
    }`,
    ...(said ? { seq: said.seq } : {}),
  };
}

/** The container runs, and doesn't respond as it should. */
export function noResponse(
  probed: Extract<Probed, { why: 'late' }>,
  seconds: number,
  about: About,
): Failure {
  const { port, path, exposed } = about;
  if (probed.status !== null) {
    return {
      code: 'UNHEALTHY',
      message: `The app responds with status ${probed.status} at ${path ?? '/'} of its port ${port}, for ${seconds} s already. The log may tell why; correct it, or say another path: --set path=/healthz.`,
      ...lastLine(about),
    };
  }
  const other = exposed.find((one) => one !== port);
  if (other !== undefined && !exposed.includes(port ?? 0)) {
    return {
      code: 'PORT_NOT_EXPOSED',
      message: `Nothing responds on port ${port}, and the image doesn't expose it: it exposes ${exposed.join(', ')}. Deploy with the port that the app listens on.`,
      fix: retry(about, `Use port ${other}`, { port: other }),
    };
  }
  const elsewhere = listensElsewhere(about);
  if (elsewhere) return elsewhere;
  return {
    code: 'NO_RESPONSE',
    message: `The app runs, and did not respond on port ${port} within ${seconds} s: ${probed.problem}. Look in the log whether it listens on that port, on all addresses (0.0.0.0) and not on 127.0.0.1 alone.`,
    ...lastLine(about),
  };
}

/** What it writes itself tells where it listens. */
function listensElsewhere(about: About): Failure | undefined {
  for (const { seq, text } of about.lines.toReversed()) {
    const match =
      /\b(?:https?:\/\/)?(localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0|\[::\]):(\d{2,5})\b/i.exec(
        text,
      );
    if (!match) continue;
    const port = Number(match[2]);
    if (port !== about.port && port > 0 && port < 65_536) {
      return {
        code: 'OTHER_PORT',
        message: `Nothing responds on port ${about.port}; the app says that it listens on port ${port}. Deploy with that port.`,
        seq,
        fix: retry(about, `Use port ${port}`, { port }),
      };
    }
    if (/^(0\.0\.0\.0|\[::\])$/.test(match[1] ?? '')) continue;
    return {
      code: 'LISTENS_INSIDE_ONLY',
      message: `The app listens on ${match[1]} of its own container, where nothing else reaches it. Let it listen on 0.0.0.0 (often an option --host, or the variable HOST), then deploy again.`,
      seq,
    };
  }
  return undefined;
}

const NO_RIGHT =
  /permission denied|EACCES|EPERM|operation not permitted|read-only file system|must be run as root|are you root/i;

const lastWords = (lines: readonly LogLine[]): LogLine | undefined =>
  lines.findLast(({ text }) => /\b(error|fatal|panic|exception)\b/i.test(text)) ??
  lines.findLast(({ text }) => text.trim() !== '');

const lastLine = ({ lines }: About): { seq?: number } => {
  const seq = lastWords(lines)?.seq;
  return seq === undefined ? {} : { seq };
};
