// Runs before anything is painted, which scripts that are modules don't: the theme that this
// browser last showed, or the system's.
(() => {
  let theme = null;
  try {
    theme = localStorage.getItem('drydock.theme');
  } catch {
    // A browser that keeps nothing.
  }
  if (theme !== 'light' && theme !== 'dark') {
    theme = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
  }
  document.documentElement.dataset.theme = theme;
})();
