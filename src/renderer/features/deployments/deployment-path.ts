export const deploymentPath = (id: number) => `/deployments/${id}`;
export const historyPath = '/history';
