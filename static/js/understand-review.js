// Keys for the buttons of a review page, printed on the buttons. They are silent while somebody types and can be switched off
// (WCAG 2.1.4). The page works without this file.
const keyed = [...document.querySelectorAll("[data-key]")], choice = document.getElementById("use-keys");
let on = true, sent = false;
try { on = localStorage.getItem("review-keys") !== "off"; } catch { /* private window */ }

const show = () => {
  choice.checked = on;
  for (const one of keyed) {
    one.querySelector("kbd").hidden = !on;
    if (on) one.setAttribute("aria-keyshortcuts", one.dataset.key); else one.removeAttribute("aria-keyshortcuts");
  }
};
const typing = target => target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button])");

if (choice) {
  choice.closest("[hidden]").hidden = false;
  choice.addEventListener("change", () => {
    on = choice.checked;
    try { localStorage.setItem("review-keys", on ? "on" : "off"); } catch { /* private window */ }
    show();
  });
  addEventListener("keydown", event => {
    if (!on || sent || event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing(event.target)) return;
    const one = keyed.find(button => button.dataset.key === event.key.toLowerCase());
    if (!one) return;
    event.preventDefault();
    sent = true; // one press, one decision
    one.click();
  });
  addEventListener("pageshow", () => { sent = false; });
  show();
}
