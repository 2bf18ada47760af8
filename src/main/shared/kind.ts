import { z } from 'zod';

/** Where a deployment goes: a blockchain network, or this machine's container engine. */
export const targetType = z.enum(['chain', 'runtime']);
export type TargetType = z.infer<typeof targetType>;

/** What comes out of a deployment. */
export const resultFamily = z.enum(['contracts', 'services', 'site']);
export type ResultFamily = z.infer<typeof resultFamily>;

/**
 * How an input is asked for. `entry` is one of the entries of `choices`, `call` one of the chosen
 * entry's calls, and `abi-arguments` are the values of that call's parameters, in their order; of an
 * entry, those of its only call.
 * `parameters` are values by name, as `name=value`; the parameters of the chosen call are offered,
 * and those without a default have to be given.
 */
export const inputControl = z.enum([
  'text',
  'number',
  'switch',
  'choice',
  'entry',
  'call',
  'abi-arguments',
  'parameters',
  'json',
  'account',
  'key',
  'env',
  'port',
  'domain',
  'file',
]);
export type InputControl = z.infer<typeof inputControl>;

export const kindInput = z.object({
  name: z.string().describe('of the field in the request'),
  control: inputControl,
  label: z.string(),
  help: z
    .string()
    .optional()
    .describe('one sentence, shown beside the field and on the command line'),
  option: z
    .string()
    .optional()
    .describe('its option on the command line, e.g. "--script <file[:Contract]>"; --set takes any'),
  alias: z
    .object({ name: z.string(), option: z.string(), help: z.string() })
    .optional()
    .describe('another name of the field, for some of its values'),
  repeatable: z.boolean().default(false).describe('the option is given once for each value'),
  required: z.boolean().default(false),
  remembered: z.boolean().default(false).describe('the form offers the last value again'),
  secret: z.boolean().default(false).describe('its value is never shown or stored in clear'),
  advanced: z.boolean().default(false).describe('folded away until asked for'),
  options: z.array(z.string()).optional().describe('of a choice'),
  setting: z.string().optional().describe('the setting that is its default, e.g. of a switch'),
  of: z.string().optional().describe('the input that this one depends on: the entry, or the call'),
  when: z
    .object({
      target: z
        .array(z.enum(['local', 'fork', 'remote', 'runtime']))
        .optional()
        .describe('on these targets only'),
      asked: z.boolean().optional().describe('for entries that ask for it only; see their `asks`'),
    })
    .optional()
    .describe('when it is asked for; otherwise always'),
});
export type KindInput = z.infer<typeof kindInput>;

export const kindPhase = z.object({
  id: z.string(),
  label: z.string(),
  doing: z.string().optional().describe('the same while it goes on, e.g. Compiling'),
  counted: z.boolean().optional().describe('what the run means to do is done in it, one by one'),
  about: z.string().optional().describe('what its time is taken by, as a sentence'),
  limit: z
    .int()
    .nullable()
    .describe('seconds after which it is ended unless the project says otherwise; null: no limit'),
  afterCrash: z
    .enum(['repeat', 'check', 'partial'])
    .describe(
      'when the core ended in it: repeat, as nothing has left the machine; check what was done, which is all or a part; partial: check it, and take it for a part',
    ),
  acquires: z
    .boolean()
    .optional()
    .describe('the target is reached and held in it; of none: in the first'),
});

export type KindPhase = z.infer<typeof kindPhase>;

/** What every door draws a kind from: the form, the stepper, the command line and the limits. */
export const kindInfo = z.object({
  id: z.string(),
  label: z.string(),
  icon: z.string().describe('name of a Lucide icon'),
  markers: z.array(z.string()).describe('files that tell such a project, e.g. package.json'),
  target: targetType,
  family: resultFamily,
  phases: z.array(kindPhase),
  inputs: z.array(kindInput),
  actions: z
    .array(z.object({ id: z.string(), label: z.string() }))
    .describe('what can be done in such a project besides deploying, e.g. installing libraries'),
  template: z
    .object({
      about: z.string().describe('what is in it, and what it needs'),
      isOffline: z.boolean().describe('whether it can be deployed without a network'),
    })
    .nullable()
    .default(null)
    .describe('what a new project of it is made from; null: there is nothing'),
  watched: z
    .object({
      extensions: z.array(z.string()).describe('of the files that a deploy depends on, e.g. .sol'),
      files: z.array(z.string()).describe('names of others'),
      skips: z.array(z.string()).describe('names of folders in which there are none'),
    })
    .nullable()
    .default(null)
    .describe('what of it watch mode follows; null: it can not be watched'),
});
export type KindInfo = z.infer<typeof kindInfo>;

/** An input as most are. */
const usual = {
  repeatable: false,
  required: false,
  remembered: false,
  secret: false,
  advanced: false,
} satisfies Partial<KindInput>;

/** What `kindInfo` makes of it, without the time that parsing takes from every command's start. */
export const describeKind = ({
  inputs,
  template = null,
  watched = null,
  ...rest
}: z.input<typeof kindInfo>): KindInfo => ({
  ...{ ...rest, template, watched },
  inputs: inputs.map((input) => ({ ...usual, ...input })),
});

/** A parameter of a call. */
export const parameter = z.object({
  name: z.string(),
  type: z.string().describe('ABI type; tuples as (type,…)'),
  named: z
    .string()
    .optional()
    .describe('the type with the names of members, (address to,uint256 share)[], where known'),
  default: z
    .string()
    .optional()
    .describe('what the project takes where none is given, as it is written there'),
  members: z
    .array(z.string())
    .optional()
    .describe('names of the members of the enum that it is of; they are taken for their numbers'),
});
export type Parameter = z.infer<typeof parameter>;

/** One way to begin an entry, e.g. a function of a script. */
export const call = z.object({
  value: z.string().describe('as the request names it, e.g. run(address,uint256)'),
  label: z.string(),
  isDefault: z.boolean().default(false).describe('begun when a request names none'),
  parameters: z.array(parameter),
});
export type Call = z.infer<typeof call>;

/** Something in a project that can be deployed: a script, a module, a task. */
export const entry = z.object({
  value: z.string().describe('as the request names it, e.g. script/Deploy.s.sol:Deploy'),
  label: z.string(),
  group: z.string().optional().describe('what it lies in, e.g. its file'),
  isDefault: z.boolean(),
  calls: z.array(call),
  asks: z
    .record(z.string(), z.array(z.string()))
    .optional()
    .describe('names of the inputs that it asks for besides the usual, with values to pick from'),
  note: z.string().optional().describe('what could not be found out, if anything could not'),
  problem: z.string().optional().describe('why it can not be read, if it can not'),
  leftOut: z.string().optional().describe('why it is not offered, though it can be named'),
});
export type Entry = z.infer<typeof entry>;

/** What a project offers to choose from. */
export const choices = z.object({
  entries: z.array(entry),
  offered: z
    .record(z.string(), z.array(z.string()))
    .optional()
    .describe('values to pick from, by the names of inputs, whichever entry is chosen'),
});
export type Choices = z.infer<typeof choices>;

/** A folder that a kind can deploy, with what tells so and what stands in the way. */
export const candidate = z.object({
  kind: z.string(),
  label: z.string(),
  path: z.string().describe('absolute, with symbolic links resolved'),
  evidence: z.array(z.string()).describe('what tells that it is one, strongest first'),
  problems: z.array(z.string()).describe('what stands in the way of deploying it, as sentences'),
});
export type Candidate = z.infer<typeof candidate>;
