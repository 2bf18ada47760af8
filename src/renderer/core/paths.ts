/** The addresses of pages that other features link to. */
export const overviewPath = '/';
export const historyPath = '/history';
export const queuePath = '/queue';
export const deadLettersPath = '/dead-letters';
export const networksPath = '/networks';
export const imagesPath = '/images';
export const containersPath = '/containers';
export const dataPath = '/data';
export const doctorPath = '/doctor';
export const settingsPath = '/settings';
export const webhooksPath = '/settings/webhooks';

/** A project's page. Its deploy tab has the project's own address. */
export function projectPath(id: number, tab = 'deploy'): string {
  return tab === 'deploy' ? `/projects/${id}` : `/projects/${id}/${tab}`;
}

export const deploymentPath = (id: number) => `/deployments/${id}`;

/** Two deployments side by side. */
export const diffPath = (a: number, b: number) => `/deployments/${a}/diff/${b}`;

export const chainPath = (name: string) => `/chains/${encodeURIComponent(name)}`;

/** The same as routes. */
export const routes = {
  project: '/projects/:id/:tab?',
  deployment: '/deployments/:id',
  diff: '/deployments/:a/diff/:b',
  chain: '/chains/:name',
  history: `${historyPath}/:view?`,
} as const;
