const isMac = /Mac|iP(hone|ad|od)/.test(navigator.userAgent);

/** How the palette's key is written here. */
export const paletteKey = isMac ? '⌘K' : 'Ctrl K';
