// Before anything shows: the theme that the window was last given; the system's otherwise.
const theme = localStorage.getItem('drydock.theme');
if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
