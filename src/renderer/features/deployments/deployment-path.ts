export const deploymentPath = (id: number) => `/deployments/${id}`;
export const historyPath = '/history';
export const queuePath = '/queue';
export const deadLettersPath = '/dead-letters';
