/** What is told of an operation: names of fields of its input, or of its output. */
export interface Noted {
  subject?: string;
  target?: string;
  review?: string;
  /** What of it is in the output. */
  made?: { review?: string; run?: string };
  /** Noted before it begins too: what it starts is noted by itself. */
  begins?: true;
  /** Absent: always. */
  when?: (input: Fields) => boolean;
  /** More than the names; never a value that may be secret. */
  detail?: (input: Fields) => string | null;
}

export type Fields = Readonly<Record<string, unknown>>;

const project: Noted = { subject: 'project' };
const variable: Noted = { subject: 'name', target: 'target', detail: ofProject };
const network: Noted = { target: 'network' };

const starts: Noted = {
  ...{ subject: 'project', target: 'target', made: { run: 'id' } },
  detail: trustOf,
};
const again: Noted = { subject: 'id', made: { run: 'id' }, detail: trustOf };

/** The operations that are noted, by their path in the contract. */
export const noted: Readonly<Record<string, Noted>> = {
  'keys.create': { subject: 'name' },
  'keys.import': { subject: 'name' },
  'keys.remove': { subject: 'name' },
  'keys.grant': { subject: 'name' },
  'keys.lock': { subject: 'name' },
  'reviews.rehearse': { ...starts, made: { review: 'id', run: 'rehearsal' } },
  'reviews.approve': { review: 'id', made: { run: 'id' }, begins: true },
  'reviews.raiseFee': {
    ...{ review: 'id', begins: true },
    detail: ({ maxFeePerGas }) => `up to ${maxFeePerGas} wei per gas`,
  },
  'reviews.reject': { review: 'id' },
  'deployments.start': starts,
  'deployments.redeploy': again,
  'deployments.retry': again,
  'deployments.rollback': { ...again, when: ({ dryRun }) => dryRun !== true },
  'watches.start': { ...starts, made: {} },
  'contracts.send': { subject: 'contract', target: 'network' },
  'projects.trust': project,
  'projects.untrust': project,
  'projects.trustParent': { subject: 'path' },
  'projects.untrustParent': { subject: 'path' },
  'networks.save': { target: 'name', detail: ({ kind }) => textOf(kind) },
  'networks.remove': { target: 'name' },
  'rails.set': { ...network, detail: railsOf },
  'rails.freeze': { ...network, detail: ({ note }) => textOf(note) },
  'rails.unfreeze': network,
  'environments.reveal': variable,
  'environments.set': variable,
  'environments.unset': variable,
  'environments.import': { target: 'target', detail: ofProject },
  'environments.export': {
    ...{ target: 'target', detail: ofProject },
    when: ({ values }) => values === true || values === 'true',
  },
  'accounts.key': { ...network, subject: 'account' },
  'chains.mnemonic': { target: 'chain' },
  'abiSources.setEtherscanKey': {},
  'webhooks.add': { subject: 'name' },
  'webhooks.update': { subject: 'webhook' },
  'webhooks.remove': { subject: 'webhook' },
  'settings.set': { detail: (input) => Object.keys(input).join(', ') },
  'settings.reset': {},
  'data.newKey': {},
  'backups.create': {},
  'backups.restore': { subject: 'name' },
  'tokens.create': { subject: 'name', detail: ({ scope }) => `scope ${textOf(scope) ?? 'read'}` },
  'tokens.revoke': { subject: 'name' },
  'tokens.endSession': { subject: 'id' },
  'updates.install': {},
};

/** Everything that was set, as it will be. */
function railsOf({ network: _, ...set }: Fields): string {
  return Object.entries(set)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    .join(', ')
    .slice(0, MOST);
}

function trustOf({ trust }: Fields): string | null {
  return trust === true || trust === 'true' ? 'trusts its folder' : null;
}

function ofProject({ project: ref }: Fields): string | null {
  const name = textOf(ref);
  return name === null ? null : `project ${name}`;
}

const MOST = 200;

/** What may be told of a field that nobody has checked yet. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.slice(0, MOST) : null;
}

/** An id; null: it is none. */
export function idOf(value: unknown): number | null {
  const id = typeof value === 'string' ? Number(value) : value;
  return Number.isSafeInteger(id) && (id as number) > 0 ? (id as number) : null;
}
