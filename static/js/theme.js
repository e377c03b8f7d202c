// Light or dark before the first paint: the reader's choice, else the system's. Loaded in the head, without waiting for anything.
{
  let stored = null;
  try { stored = localStorage.getItem("theme"); } catch { /* private window */ }
  const dark = stored ? stored === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.bsTheme = dark ? "dark" : "light";
}
