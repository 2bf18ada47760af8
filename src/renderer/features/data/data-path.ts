export const dataPath = '/data';
