/* Small helps. Every page works without this file. */
"use strict";

/* A refused form: the reader lands on what is to be mended. */
const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();

/* Leaving a form with unsaved words asks first. */
for (const form of document.querySelectorAll("form[data-unsaved]")) {
  let unsaved = false;
  // A field may stand outside its form and name it.
  document.addEventListener("input", (event) => { if (event.target.form === form) unsaved = true; });
  form.addEventListener("submit", () => { unsaved = false; });
  form.addEventListener("saved", () => { unsaved = false; });
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
}

/* Sending twice is one sending: the second press waits for the answer to the first. */
for (const form of document.querySelectorAll("form[method=post]:not([data-repeatable])")) {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < 4000) event.preventDefault();
    else form.dataset.sent = String(Date.now());
  });
}

/* Files may be dropped on the area that holds a file field; their names are said before they are sent. */
for (const area of document.querySelectorAll(".drop")) {
  const input = area.querySelector("input[type=file]");
  if (!input) continue;
  const saysItself = "begin" in area.dataset; // static/js/uploads.js
  const chosen = document.createElement("p");
  chosen.className = "small";
  chosen.setAttribute("role", "status");
  if (!saysItself) area.append(chosen);
  const tell = () => { chosen.textContent = Array.from(input.files, (file) => file.name).join(", "); };
  input.addEventListener("change", tell);
  area.addEventListener("dragover", (event) => { event.preventDefault(); area.classList.add("is-over"); });
  area.addEventListener("dragleave", () => area.classList.remove("is-over"));
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    area.classList.remove("is-over");
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

/* A field that is typed in comes out from under the bar at the bottom. For Tab the stylesheet sees to it; a click scrolls
   nothing by itself. Only after it: a field that moves between pressing and letting go selects text. */
const bar = document.querySelector(".save-bar, .review .verdict");
const TYPED = "textarea, input:not([type=radio], [type=checkbox], [type=file], [type=hidden])";
const uncover = ({ target }) => {
  if (!bar || bar.contains(target) || !target.matches?.(TYPED)) return;
  const field = target.getBoundingClientRect();
  const covered = field.bottom + 8 - bar.getBoundingClientRect().top;
  if (covered > 8) window.scrollBy({ top: Math.min(covered, Math.max(field.top - 8, 0)) });
};
for (const kind of ["click", "input"]) document.addEventListener(kind, uncover);

/* What only works with scripts is shown only with scripts. */
for (const part of document.querySelectorAll(".needs-script")) part.hidden = false;
