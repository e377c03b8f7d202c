// Theme choice, slider values, choices that send themselves, and copying. Pages read and work without this file.
const root = document.documentElement;
const button = document.getElementById("theme");

function paint(dark) {
  root.dataset.bsTheme = dark ? "dark" : "light";
  if (button) button.textContent = dark ? button.dataset.light : button.dataset.dark;
}

let stored = null;
try { stored = localStorage.getItem("theme"); } catch { /* private window */ }
paint(stored ? stored === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const dark = root.dataset.bsTheme !== "dark";
    paint(dark);
    try { localStorage.setItem("theme", dark ? "dark" : "light"); } catch { /* private window */ }
    dispatchEvent(new Event("themechange"));
  });
}

for (const range of document.querySelectorAll("input[type=range]")) {
  range.addEventListener("input", () => {
    const output = document.querySelector(`output[for="${range.id}"]`);
    if (output) output.value = range.value;
  });
}

// A select marked data-send sends its form at once; its button, needed without script, steps aside.
for (const select of document.querySelectorAll("select[data-send]")) {
  select.addEventListener("change", () => select.form.submit());
  const go = select.form.querySelector("[data-go]");
  if (go) go.hidden = true;
}

// Progress of a job: look again until it has ended, then show the page as it is now.
const progress = document.querySelector("[data-job]");
if (progress) {
  const look = async () => {
    const answer = await fetch(progress.dataset.job, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const job = await answer.json();
    const bar = progress.querySelector("progress");
    if (job.percent === null) bar.removeAttribute("value"); else bar.value = job.percent;
    progress.querySelector("[data-message]").textContent = job.message;
    if (job.open) setTimeout(look, 1000); else location.reload();
  };
  setTimeout(look, 1000);
}
