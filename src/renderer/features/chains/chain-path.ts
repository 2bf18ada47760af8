export const chainPath = (name: string) => `/chains/${encodeURIComponent(name)}`;
