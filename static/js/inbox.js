/* The inbox: documents are dragged, or moved with the keyboard, onto the criterion that they prove, and a suggestion is
   taken without leaving the page. Each of it only fills in the form; the button saves, and works without this file. */
"use strict";

const inbox = document.querySelector("[data-inbox]");
const live = inbox.querySelector("[data-live]");
const places = Array.from(inbox.querySelectorAll("[data-place]"));
let moving = null; // the row that is on its way

const say = (words, row, place = "") => {
  const named = words.replace("{document}", row.dataset.document);
  live.textContent = named.replace("{place}", place);
};

const fill = (field, value) => {
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
};

const selectOf = (row) => document.getElementById(row.querySelector("[data-move]").dataset.move);

const put = (row, place) => {
  fill(selectOf(row), place.dataset.place);
  say(inbox.dataset.said, row, place.textContent);
};

const stop = () => {
  inbox.classList.remove("is-moving");
  for (const place of places) { place.tabIndex = -1; place.classList.remove("is-over"); }
  moving = null;
};

/* Suggestions */
for (const button of inbox.querySelectorAll("[data-take]")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const field = document.getElementById(button.dataset.take);
    fill(field, button.dataset.value);
    say(inbox.dataset.said, button.closest(".inbox-row"), field.selectedOptions[0].textContent);
    field.focus();
  });
}

/* Keyboard: pick up, choose with the arrows, put down or leave */
for (const button of inbox.querySelectorAll("[data-move]")) {
  button.addEventListener("click", () => {
    moving = button.closest(".inbox-row");
    inbox.classList.add("is-moving");
    for (const place of places) place.tabIndex = 0;
    const chosen = selectOf(moving).value || moving.querySelector("[data-take$=-item]")?.dataset.value;
    (places.find((place) => place.dataset.place === chosen) || places[0]).focus();
    say(inbox.dataset.moving, moving);
  });
}
const STEPS = { ArrowDown: 1, ArrowUp: -1 };
for (const [index, place] of places.entries()) {
  place.addEventListener("click", () => {
    if (!moving) return;
    const row = moving;
    put(row, place);
    stop();
    row.querySelector("[data-move]").focus();
  });
  place.addEventListener("keydown", (event) => {
    if (!moving) return;
    const ends = { Home: 0, End: places.length - 1 };
    const next = event.key in ends ? ends[event.key] : index + (STEPS[event.key] || 0);
    if (event.key === "Escape") {
      const row = moving;
      stop();
      live.textContent = inbox.dataset.left;
      row.querySelector("[data-move]").focus();
    } else if (next === index || !places[next]) return;
    else places[next].focus();
    event.preventDefault();
  });
}

/* Drag and drop */
for (const row of inbox.querySelectorAll(".inbox-row")) {
  const name = row.querySelector(".file-name"); // of the whole row its fields could not be selected in any more
  name.draggable = true;
  name.addEventListener("dragstart", (event) => {
    moving = row;
    inbox.classList.add("is-moving");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", row.dataset.document);
  });
  name.addEventListener("dragend", stop);
}
/* A place out of sight: at the edges of what is seen of the panel, the panel goes on under what is dragged. */
const EDGE = 64, STEP = 16;
const panel = inbox.querySelector(".inbox-places");
panel.addEventListener("dragover", ({ clientY }) => {
  if (!moving) return;
  const { top, bottom } = panel.getBoundingClientRect();
  if (clientY < Math.max(top, 0) + EDGE) panel.scrollTop -= STEP;
  else if (clientY > Math.min(bottom, innerHeight) - EDGE) {
    panel.scrollTop += STEP;
    if (bottom > innerHeight) scrollBy(0, STEP);
  }
});
for (const place of places) {
  place.addEventListener("dragover", (event) => {
    if (!moving) return;
    event.preventDefault();
    place.classList.add("is-over");
  });
  place.addEventListener("dragleave", () => place.classList.remove("is-over"));
  place.addEventListener("drop", (event) => {
    if (!moving) return;
    event.preventDefault();
    put(moving, place);
    stop();
  });
}
