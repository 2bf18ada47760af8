/** The addresses of pages that other features link to. */
export const overviewPath = '/';
export const historyPath = '/history';
export const queuePath = '/queue';
/** Failed runs that wait for a decision. */
export const attentionPath = `${historyPath}/attention=true`;
export const insightsPath = '/insights';
export const networksPath = '/networks';
export const imagesPath = '/images';
export const containersPath = '/containers';
export const dataPath = '/data';
export const doctorPath = '/doctor';
export const settingsPath = '/settings';
/** Live deploys, and what signs them. */
export const reviewsPath = '/reviews';
export const reviewPath = (id: number) => `${reviewsPath}/${id}`;
export const keysPath = '/keys';
/** What the user calls addresses. */
export const addressesPath = '/addresses';
export const webhooksPath = '/settings/webhooks';

/** A project's page. Its deploy tab has the project's own address. */
export function projectPath(id: number, tab = 'deploy'): string {
  return tab === 'deploy' ? `/projects/${id}` : `/projects/${id}/${tab}`;
}

export const deploymentPath = (id: number) => `/deployments/${id}`;

/** Two deployments side by side. */
export const diffPath = (a: number, b: number) => `/deployments/${a}/diff/${b}`;

export const chainPath = (name: string) => `/chains/${encodeURIComponent(name)}`;

/** What programs and pages called on a chain. */
export const callsPath = (chain: string) => `${chainPath(chain)}/calls`;

/** Two states of a chain side by side: ids of snapshots, or `now`. */
export const stateDiffPath = (
  chain: string,
  before: number | 'now',
  after: number | 'now' = 'now',
) => `${chainPath(chain)}/diff/${before}/${after}`;

/** The transactions of a network; other pages about what is inside of it lie beside it. */
export const transactionsPath = (network: string) =>
  `/networks/${encodeURIComponent(network)}/transactions`;

export const transactionPath = (network: string, hash: string) =>
  `${transactionsPath(network)}/${hash}`;

export const blocksPath = (network: string) => `/networks/${encodeURIComponent(network)}/blocks`;

/** @param block its number, or its hash */
export const blockPath = (network: string, block: number | string) =>
  `${blocksPath(network)}/${block}`;

export const addressPath = (network: string, address: string) =>
  `/networks/${encodeURIComponent(network)}/addresses/${address}`;

/** The gas of a deployment's calls, or of it and another one side by side. */
export const deploymentGasPath = (id: number) => `/deployments/${id}/gas`;
export const gasDiffPath = (before: number, after: number) => `/deployments/${before}/gas/${after}`;

/** The gas of all calls on a network. */
export const networkGasPath = (network: string) => `/networks/${encodeURIComponent(network)}/gas`;

/** Who has what on a network. */
export const accountsPath = (network: string) =>
  `/networks/${encodeURIComponent(network)}/accounts`;

export const contractsPath = '/contracts';

/** A contract's page. Its functions have the contract's own address. */
export function contractPath(network: string, address: string, tab = 'functions'): string {
  const page = `${contractsPath}/${encodeURIComponent(network)}/${address}`;
  return tab === 'functions' ? page : `${page}/${tab}`;
}

/** The form of one of its functions, by the signature. */
export const functionPath = (network: string, address: string, signature: string) =>
  `${contractPath(network, address)}/functions/${encodeURIComponent(signature)}`;

/** What another implementation behind a proxy would break. */
export const upgradePath = (network: string, proxy: string) =>
  `/networks/${encodeURIComponent(network)}/upgrades/${proxy}`;

/** The same as routes. */
export const routes = {
  contract: `${contractsPath}/:network/:address/:tab?/:function?`,
  transactions: '/networks/:network/transactions',
  transaction: '/networks/:network/transactions/:hash/:tab?',
  blocks: '/networks/:network/blocks',
  block: '/networks/:network/blocks/:block',
  address: '/networks/:network/addresses/:address',
  accounts: '/networks/:network/accounts',
  upgrade: '/networks/:network/upgrades/:address',
  project: '/projects/:id/:tab?',
  deployment: '/deployments/:id',
  diff: '/deployments/:a/diff/:b',
  deploymentGas: '/deployments/:id/gas',
  gasDiff: '/deployments/:before/gas/:after',
  networkGas: '/networks/:network/gas',
  chain: '/chains/:name',
  calls: '/chains/:name/calls',
  stateDiff: '/chains/:name/diff/:before/:after',
  history: `${historyPath}/:view?`,
  review: `${reviewsPath}/:id`,
} as const;
