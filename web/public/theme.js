// Runs before the first paint, so that a chosen theme and the studio's accent never flash in late.
{
  const root = document.documentElement
  const theme = localStorage.getItem('fitflow.theme')
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
  const seed = localStorage.getItem('fitflow.accent')
  if (seed) root.style.setProperty('--seed', seed)
}
