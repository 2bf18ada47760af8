/** The state of a disk that takes nothing. */
export const storageWord = { full: 'disk full', 'read-only': 'disk read-only' };
