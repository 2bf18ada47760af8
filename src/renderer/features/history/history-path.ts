export const diffPath = (a: number, b: number) => `/deployments/${a}/diff/${b}`;
