/** The names that are looked for, the first one first. */
export const DOCKERFILE_NAMES = ['Dockerfile', 'Containerfile'];
