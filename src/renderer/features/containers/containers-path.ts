export const containersPath = '/containers';
