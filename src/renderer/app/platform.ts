const isMac = /Mac|iP(hone|ad|od)/.test(navigator.userAgent);

/** The palette's key as written on this platform. */
export const paletteKey = isMac ? '⌘K' : 'Ctrl K';
