// Theme button, slider values, choices that send themselves, files dropped, progress of a job. Pages read and work without this file.
const root = document.documentElement;

// The theme itself is set by theme.js before the first paint; here the button changes it.
const button = document.getElementById("theme");
if (button) {
  const name = () => { button.textContent = root.dataset.bsTheme === "dark" ? button.dataset.light : button.dataset.dark; };
  name();
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.bsTheme = root.dataset.bsTheme === "dark" ? "light" : "dark";
    name();
    try { localStorage.setItem("theme", root.dataset.bsTheme); } catch { /* private window */ }
    dispatchEvent(new Event("themechange"));
  });
}

for (const range of document.querySelectorAll("input[type=range]")) {
  const output = document.querySelector(`output[for="${CSS.escape(range.id)}"]`);
  if (output) {
    output.value = range.value;
    range.addEventListener("input", () => { output.value = range.value; });
  }
}

// A select marked data-send sends its form when chosen from with a pointer. Chosen from with keys, its button appears instead, so that
// stepping through the options moves nobody to another page.
for (const select of document.querySelectorAll("select[data-send]")) {
  const go = select.form.querySelector("[data-go]");
  let keys = false;
  select.addEventListener("keydown", event => { if (event.key !== "Tab") keys = true; });
  select.addEventListener("pointerdown", () => { keys = false; });
  select.addEventListener("change", () => { if (keys && go) go.hidden = false; else select.form.requestSubmit(); });
  if (go) go.hidden = true;
}

// Files: a border that answers while one is dragged over, and the name and size of what was chosen.
for (const drop of document.querySelectorAll("[data-drop]")) {
  const input = drop.querySelector("input[type=file]"), chosen = drop.querySelector("[data-chosen]");
  const tell = () => {
    chosen.textContent = [...input.files].map(file => `${file.name} (${(file.size / 1048576).toFixed(2)} MB)`).join(", ");
    chosen.hidden = !input.files.length;
  };
  input.addEventListener("change", tell);
  for (const type of ["dragenter", "dragover"]) drop.addEventListener(type, event => { event.preventDefault(); drop.classList.add("over"); });
  for (const type of ["dragleave", "drop"]) drop.addEventListener(type, event => { event.preventDefault(); drop.classList.remove("over"); });
  drop.addEventListener("drop", event => { if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; tell(); } });
}

// After a refused form the reader is taken to what is wrong.
document.querySelector("form[method=post] [data-errors]")?.focus();

// Progress of a job: look again until it has ended, then show the page as it is now. A lost connection is tried again, ever more slowly.
const progress = document.querySelector("[data-job]");
if (progress) {
  const bar = progress.querySelector("progress"), message = progress.querySelector("[data-message]"), share = progress.querySelector("[data-percent]");
  let pause = 1000;
  const look = async () => {
    try {
      const answer = await fetch(progress.dataset.job, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const job = await answer.json();
      if (job.percent === null) bar.removeAttribute("value"); else bar.value = job.percent;
      if (share) share.textContent = job.percent === null ? "" : `${job.percent}%`;
      if (message.textContent !== job.message) message.textContent = job.message;
      if (!job.open) { location.reload(); return; }
      pause = 1000;
    } catch { pause = Math.min(30000, pause * 2); }
    setTimeout(look, pause);
  };
  setTimeout(look, pause);
}
