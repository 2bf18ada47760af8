// Runs before anything is painted, which scripts that are modules don't: the theme and the contrast
// that this browser last showed, or the system's.
(() => {
  /** @param {string} name */
  const kept = (name) => {
    try {
      return localStorage.getItem(`drydock.${name}`);
    } catch {
      // A browser that keeps nothing.
      return null;
    }
  };
  const { dataset } = document.documentElement;
  const theme = kept('theme');
  const isKnown = theme === 'light' || theme === 'dark';
  const systems = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
  dataset.theme = isKnown ? theme : systems;
  const contrast = kept('contrast');
  const wantsMore = matchMedia('(prefers-contrast: more)').matches ? 'more' : 'usual';
  dataset.contrast = contrast === 'more' || contrast === 'usual' ? contrast : wantsMore;
})();
