import path from 'node:path';
import type { ContractRouterClient } from '@orpc/contract';
import type { Cli } from '../../../lib/cli/cli.ts';
import { inputWords } from '../../../lib/cli/input-options.ts';
import type { Choice, Prompts } from '../../../lib/cli/prompts.ts';
import { isWithin } from '../../../lib/path-within.ts';
import { shellWord } from '../../../lib/shell-line.ts';
import type { Call, Entry, KindInfo, KindInput, Parameter } from '../../../shared/kind.ts';
import { projectWord } from '../../../shared/project-word.ts';
import type { Network, networks } from '../../networks/contract.ts';
import type { Project, projects } from '../../projects/contract.ts';
import type { templates } from '../../templates/contract.ts';

/** What of a deployment is decided already. */
export interface Decided {
  target?: string | undefined;
  input: Record<string, unknown>;
}

/** The commands of the features that are asked what there is. */
export interface AskedClis {
  deployments: Pick<Cli<unknown>, 'prompts' | 'say'>;
  projects: Pick<Cli<ContractRouterClient<typeof projects>>, 'call'>;
  networks: Pick<Cli<ContractRouterClient<typeof networks>>, 'call'>;
  templates: Pick<Cli<ContractRouterClient<typeof templates>>, 'call'>;
}

interface Parts extends AskedClis {
  prompts: Prompts;
  kinds: readonly KindInfo[];
}

/** The user has left the questions. */
class Left extends Error {}

/**
 * Asks for the project, the network and what else its kind needs, offering what is there: the
 * project of the current folder, what the folder can be added as, a template. Adds or makes the
 * project that was chosen, and tells the command that asks nothing. Undefined without a terminal.
 */
export async function askDeploy(
  clis: AskedClis,
  kinds: readonly KindInfo[],
  decided: Decided,
): Promise<({ project: number } & Decided) | 'left' | undefined> {
  const prompts = await clis.deployments.prompts();
  if (!prompts) return undefined;
  const parts = { ...clis, prompts, kinds };
  try {
    const project = await askProject(parts);
    const kind = kinds.find(({ id }) => id === project.kind);
    const target =
      decided.target ?? (kind?.target === 'chain' ? await askNetwork(parts) : undefined);
    const asked = kind ? await askInput(parts, project, kind, decided) : {};
    const input = { ...decided.input, ...asked };
    clis.deployments.say(`The same without questions: ${commandOf(project, target, input, kind)}`);
    return { project: project.id, target, input };
  } catch (error) {
    if (error instanceof Left) return 'left';
    throw error;
  }
}

async function askProject({ prompts, kinds, ...clis }: Parts): Promise<Project> {
  const here = path.resolve();
  const known = await clis.projects.call((client) => client.list());
  const own = known
    .filter(({ missing, path: folder }) => !missing && isWithin(here, folder))
    .sort((a, b) => b.path.length - a.path.length)[0];
  if (own) {
    clis.deployments.say(`Project: ${own.name}`);
    return own;
  }
  const { candidates } = await clis.projects.call((client) => client.detect({ path: here }));
  const offered = kinds.filter(({ template }) => template !== null);
  const choices: Choice<() => Promise<Project>>[] = [
    ...candidates
      .filter((one) => !known.some(({ path: folder }) => folder === one.path))
      .map(({ path: folder, kind, label }) => ({
        value: () => clis.projects.call((client) => client.add({ path: folder, kind })),
        label: `Add ${path.relative(here, folder) || path.basename(folder)}`,
        hint: label,
      })),
    ...known
      .filter(({ missing }) => !missing)
      .map((one) => ({ value: async () => one, label: one.name, hint: one.path })),
    ...offered.map(({ id, label, template }) => ({
      value: async () => {
        const folder = await prompts.type('Folder of the new project', { initial: './my-project' });
        const made = path.resolve(typed(folder));
        return clis.templates.call((client) => client.create({ kind: id, path: made }));
      },
      label: `Make a new ${label} project`,
      hint: template?.about ?? '',
    })),
  ];
  return chosen(await prompts.choose('Which project?', choices))();
}

async function askNetwork({ prompts, networks: cli }: Parts): Promise<string> {
  const all = await cli.call((client) => client.list());
  const order: Network['kind'][] = ['local', 'fork', 'remote'];
  const choices = order.flatMap((kind) =>
    all
      .filter((network) => network.kind === kind)
      .map(({ name, url }) => ({
        value: name,
        label: `${name} (${kindWords[kind]})`,
        ...(url === null ? {} : { hint: url }),
      })),
  );
  return chosen(await prompts.choose('Where to?', choices, 'local'));
}

const kindWords: Record<Network['kind'], string> = {
  local: 'a chain on this machine',
  fork: 'a fork, on this machine',
  remote: 'a live network',
};

/** The entry, its call and the values that it needs, where the project leaves a choice. */
async function askInput(
  parts: Parts,
  project: Project,
  kind: KindInfo,
  decided: Decided,
): Promise<Record<string, unknown>> {
  const of = (control: KindInput['control']) =>
    kind.inputs.find((input) => input.control === control && !(input.name in decided.input));
  const entryInput = of('entry');
  if (!entryInput) return {};
  const { entries } = await parts.projects.call((client) =>
    client.choices({ project: project.id }),
  );
  const offered = entries.filter(({ problem, leftOut }) => !problem && !leftOut);
  const unread = entries.flatMap(({ value, problem }) => (problem ? [`${value}: ${problem}`] : []));
  for (const one of unread) parts.deployments.say(`! ${one}`);
  // What can't be read may be what was meant: nothing is taken in its place unasked.
  const [only] = offered;
  const entry =
    only && (offered.length > 1 || unread.length > 0)
      ? await askEntry(parts, entryInput, offered)
      : only;
  if (!entry) return {};
  const call = await askCall(parts, entry);
  const callInput = of('call');
  const values = of('abi-arguments') ?? of('parameters');
  return {
    [entryInput.name]: entry.value,
    ...(callInput && call && !call.isDefault && entry.calls.length > 1
      ? { [callInput.name]: call.value }
      : {}),
    ...(values && call ? await askValues(parts, values, call.parameters) : {}),
  };
}

async function askEntry(
  { prompts }: Parts,
  { label }: KindInput,
  entries: readonly Entry[],
): Promise<Entry | undefined> {
  const choices = entries.map((entry) => ({
    value: entry,
    label: entry.label,
    ...(entry.group === undefined ? {} : { hint: entry.group }),
  }));
  return chosen(
    await prompts.choose(
      `Which ${label.toLowerCase()}?`,
      choices,
      entries.find(({ isDefault }) => isDefault),
    ),
  );
}

async function askCall({ prompts }: Parts, { calls }: Entry): Promise<Call | undefined> {
  const first = calls.find(({ isDefault }) => isDefault);
  if (calls.length < 2 || first) return first ?? calls[0];
  const choices = calls.map((call) => ({ value: call, label: call.label }));
  return chosen(await prompts.choose('Which function?', choices));
}

async function askValues(
  { prompts }: Parts,
  { name, control }: KindInput,
  parameters: readonly Parameter[],
): Promise<Record<string, unknown>> {
  const values: string[] = [];
  for (const one of parameters) {
    if (control === 'parameters' && one.default !== undefined) continue;
    const question = `${one.name || 'argument'} (${one.named ?? one.type})`;
    const value = typed(await prompts.type(question, { initial: one.default ?? '' }));
    values.push(control === 'parameters' ? `${one.name}=${value}` : value);
  }
  return values.length === 0 ? {} : { [name]: values };
}

function commandOf(
  project: Project,
  target: string | undefined,
  input: Record<string, unknown>,
  kind: KindInfo | undefined,
): string {
  const options = Object.entries(input).map(([name, value]) =>
    inputWords({ name, option: kind?.inputs.find((one) => one.name === name)?.option }, value),
  );
  const network = target === undefined ? [] : [`--target ${shellWord(target)}`];
  return ['drydock deploy', projectWord(project), ...network, ...options].join(' ');
}

function chosen<T>(value: T | undefined): T {
  if (value === undefined) throw new Left();
  return value;
}

const typed = chosen<string>;
