// Loaded blocking in <head>, before the first paint: sets data-theme to "day" or "night" from the
// person's own choice, or from the system. No module, so that nothing flashes.
(() => {
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // storage is refused in some private windows
    }
  };
  const apply = () => {
    document.documentElement.dataset.theme = chosen() ?? (system.matches ? "night" : "day");
  };
  apply();
  system.addEventListener("change", apply);
  window.addEventListener("storage", apply);
})();
