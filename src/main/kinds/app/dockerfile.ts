import { DockerfileParser, type Instruction } from 'dockerfile-ast';

/** What a Dockerfile says of the image that its last stage makes, as far as its text tells. */
export interface DockerfileFacts {
  /** What the last stage stands on in the end, variables resolved; null: it has no FROM. */
  base: string | null;
  /** TCP ports of EXPOSE, each once, in their order. Those of the base image are not among them. */
  ports: number[];
  /** What EXPOSE says that only a build can tell, e.g. `$PORT`. */
  openPorts: string[];
  user: string | null;
  /** The command of its own health check. */
  healthCheck: string | null;
}

/** Bytes; expanding variables takes the square of it. */
export const LARGEST_DOCKERFILE = 64_000;
const MOST_INSTRUCTIONS = 1000;
const MOST_PORTS = 20;

/** Throws an Error whose message is a sentence without its full stop. */
export function readDockerfile(text: string): DockerfileFacts {
  const instructions = DockerfileParser.parse(text).getInstructions();
  if (instructions.length > MOST_INSTRUCTIONS) {
    throw new Error(`has more than ${MOST_INSTRUCTIONS} instructions`);
  }
  const facts: DockerfileFacts = {
    base: null,
    ports: [],
    openPorts: [],
    user: null,
    healthCheck: null,
  };
  for (const one of lastStages(instructions)) take(one, facts);
  return facts;
}

/** The instructions that the last stage consists of: its own, after those of the stages below it. */
function lastStages(all: Instruction[]): Instruction[] {
  const stages: { name: string; base: string; own: Instruction[] }[] = [];
  for (const one of all) {
    if (one.getKeyword() === 'FROM') {
      const [base = '', as, name = ''] = valuesOf(one);
      stages.push({ name: /^as$/i.test(as ?? '') ? name : '', base, own: [one] });
    } else {
      stages.at(-1)?.own.push(one);
    }
  }
  const chain: Instruction[][] = [];
  for (let at = stages.length - 1; at >= 0; ) {
    const stage = stages[at];
    if (!stage) break;
    chain.unshift(stage.own);
    at = stages.slice(0, at).findLastIndex(({ name }) => name !== '' && name === stage.base);
  }
  return chain.flat();
}

function take(one: Instruction, facts: DockerfileFacts): void {
  const values = valuesOf(one);
  switch (one.getKeyword()) {
    case 'FROM':
      facts.base ??= values[0] ?? null;
      return;
    case 'EXPOSE':
      for (const value of values) expose(value, facts);
      return;
    case 'USER':
      facts.user = values[0] ?? null;
      return;
    case 'HEALTHCHECK':
      facts.healthCheck = /^none$/i.test(values[0] ?? '') ? null : commandOf(values);
      return;
  }
}

const valuesOf = (one: Instruction): string[] =>
  one.getExpandedArguments().map((argument) => argument.getValue());

function commandOf(values: string[]): string {
  const at = values.findIndex((value) => /^cmd$/i.test(value));
  return values.slice(at + 1).join(' ');
}

/** `80`, `80/tcp`, `3000-3002`; what is spoken over UDP is no service of HTTP. */
function expose(value: string, { ports, openPorts }: DockerfileFacts): void {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(tcp|udp|sctp))?$/i.exec(value);
  if (!match) {
    if (openPorts.length < MOST_PORTS) openPorts.push(value);
    return;
  }
  if (match[3] && !/^tcp$/i.test(match[3])) return;
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  for (let port = first; port <= last && ports.length < MOST_PORTS; port++) {
    if (port > 0 && port < 65_536 && !ports.includes(port)) ports.push(port);
  }
}
