// Pages about commands and the API, and the man page: made from what the built program says.
/**
 * @typedef {{ name: string; description: string }} Term
 * @typedef {{ name: string; usage: string; description: string; args: Term[]; options: Term[];
 *   children: CommandInfo[] }} CommandInfo
 * @typedef {{ operationId?: string; summary?: string; tags?: string[];
 *   responses?: Record<string, { description?: string }> }} Operation
 */

/** Text that Markdown shows as it is. */
const plain = (/** @type {string} */ text) => text.replace(/[\\`*_{}[\]<>#|]/g, '\\$&');
const code = (/** @type {string} */ text) => `\`${text}\``;

const terms = (/** @type {Term[]} */ list) =>
  list.map(({ name, description }) => `- ${code(name)}: ${plain(description) || '…'}`);

const optionsOf = (/** @type {CommandInfo} */ { options }) =>
  options.filter(({ name }) => name !== '-h, --help');

/** A group of commands with options of its own, as `host`, is also a command by itself. */
const runs = (/** @type {CommandInfo} */ command) =>
  command.children.length === 0 || optionsOf(command).length > 0;

/** @param {CommandInfo} command @returns {string[]} */
function section(command) {
  const options = optionsOf(command);
  const own = !runs(command)
    ? []
    : ['```sh', command.usage, '```', '', ...terms([...command.args, ...options]), ''];
  const level = '#'.repeat(command.name.split(' ').length);
  return [`${level} ${command.name}`, '', `${plain(command.description)}.`, '', ...own].concat(
    command.children.flatMap(section),
  );
}

/** @param {CommandInfo} program */
export const commandsPage = (program) =>
  [
    '# Commands',
    '',
    'Every command takes `--json`, which prints one JSON document (streams: one a line), and `--help`. Exit codes: 0 done, 1 failed, 2 bad usage or input.',
    '',
    ...program.children.flatMap(section),
  ].join('\n');

/** @param {{ paths?: Record<string, Record<string, Operation>> }} document */
export function apiPage({ paths = {} }) {
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(item)) {
      const [tag = 'other'] = operation.tags ?? [];
      const errors = Object.values(operation.responses ?? {})
        .flatMap(({ description = '' }) => description.split(', '))
        .filter((one) => /^[A-Z]+(_[A-Z]+)+$|^UNSUPPORTED$/.test(one));
      // The plain face at the root has codes of its own.
      const links = errors.map((one) =>
        path.startsWith('/api/') ? `[${one}](troubleshooting.md#${anchorOf(one)})` : one,
      );
      const lines = groups.get(tag) ?? [];
      groups.set(tag, lines);
      lines.push(
        `- ${code(`${method.toUpperCase()} ${path}`)}: ${plain(operation.summary ?? operation.operationId ?? '')}${links.length > 0 ? ` (${links.join(', ')})` : ''}`,
      );
    }
  }
  const parts = [...groups].flatMap(([tag, lines]) => [`## ${tag}`, '', ...lines, '']);
  return [
    '# API',
    '',
    'Send the token as `Authorization: Bearer …`; `drydock host --json` prints it. Streams are server-sent events. The full description, with every schema, is at `/api/openapi.json` of a running host, and can be tried out at `/api/docs`.',
    '',
    ...parts,
  ].join('\n');
}

/** The anchor of a heading, as GitHub makes it. */
export const anchorOf = (/** @type {string} */ heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

/** Text in a man page: its own characters escaped, no line taken for a request. */
const roff = (/** @type {string} */ text) =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/gm, '\\&');

/** @param {CommandInfo} program @param {string} version */
export function manPage(program, version) {
  /** @param {CommandInfo} one @returns {CommandInfo[]} */
  const all = (one) => [...(runs(one) ? [one] : []), ...one.children.flatMap(all)];
  const entry = (/** @type {Term} */ { name, description }) => [
    '.TP',
    `.B ${roff(name)}`,
    roff(description) || '…',
  ];
  return `${[
    `.TH DRYDOCK 1 "" "Drydock ${version}"`,
    '.SH NAME',
    'drydock \\- local deployments on this machine',
    '.SH SYNOPSIS',
    '.B drydock',
    '[options] [command]',
    '.SH DESCRIPTION',
    roff(program.description),
    '.SH OPTIONS',
    ...program.options.flatMap(entry),
    '.SH COMMANDS',
    ...program.children
      .flatMap(all)
      .flatMap((command) => [
        `.SS ${roff(command.usage)}`,
        `${roff(command.description)}.`,
        ...[...command.args, ...optionsOf(command)].flatMap(entry),
      ]),
    '.SH EXIT STATUS',
    '0 done, 1 failed, 2 bad usage or input.',
    '.SH ENVIRONMENT',
    '.TP',
    '.B DRYDOCK_HOME',
    'the data folder',
  ].join('\n')}\n`;
}
