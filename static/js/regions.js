/* Marking on the picture of a page what a masked copy must cover: by mouse or pen, and by finger once that is chosen,
   for else a finger scrolls. What is drawn is typed into the form of the page, which works without this file. */

const figure = document.querySelector(".marked");
const form = document.querySelector("[data-new]");
const LEAST = 0.5; // per cent: less is a click
let start = null, shape = null;

const clamp = (number) => Math.min(Math.max(number, 0), 100);
const placeOf = (event) => {
  const { left, top, width, height } = figure.getBoundingClientRect();
  return { x: clamp((100 * (event.clientX - left)) / width), y: clamp((100 * (event.clientY - top)) / height) };
};

/* Outwards, so that nothing of what was drawn is left out. */
const between = (one, other) => {
  const left = Math.floor(Math.min(one.x, other.x) * 100) / 100, top = Math.floor(Math.min(one.y, other.y) * 100) / 100;
  const right = Math.ceil(Math.max(one.x, other.x) * 100) / 100, bottom = Math.ceil(Math.max(one.y, other.y) * 100) / 100;
  return { left, top, width: Number((right - left).toFixed(2)), height: Number((bottom - top).toFixed(2)) };
};

const show = ({ left, top, width, height }) => {
  for (const [name, value] of Object.entries({ x: left, y: top, width, height })) shape.setAttribute(name, `${value}%`);
};

const begin = (event) => {
  const byFinger = event.pointerType === "touch";
  if (event.button || (byFinger && !figure.classList.contains("by-finger"))) return;
  event.preventDefault();
  figure.setPointerCapture(event.pointerId);
  start = placeOf(event);
  shape = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  figure.querySelector("svg").append(shape);
};

const end = (event) => {
  if (!start) return;
  const place = between(start, placeOf(event));
  start = null;
  if (event.type === "pointercancel" || place.width < LEAST || place.height < LEAST) {
    shape.remove();
    return;
  }
  form.elements.page.value = figure.dataset.page;
  for (const [name, value] of Object.entries(place)) form.elements[name].value = value;
  form.requestSubmit();
};

/* The page that answers has the marks as they are stored now. What is refused is shown by the page itself. */
const send = async (sent) => {
  const answer = await fetch(sent.action, { method: "POST", body: new FormData(sent) }).catch(() => null);
  if (!answer?.ok || !answer.url.startsWith(location.origin + location.pathname)) {
    sent.submit();
    return;
  }
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const stood = document.activeElement?.closest("#marcas");
  for (const old of document.querySelectorAll("[data-refreshed]")) {
    const now = fresh.getElementById(old.id);
    if (now && (old.id !== "dibujo" || fresh.querySelector(".marked")?.dataset.page === figure.dataset.page)) {
      old.replaceWith(document.importNode(now, true));
    }
  }
  if (stood) document.getElementById("marcas-titulo").focus();
  if (sent === form) for (const name of ["left", "top", "width", "height"]) form.elements[name].value = "";
  document.querySelector("[data-told]").textContent = document.getElementById("marcas-titulo").textContent;
};

if (figure) {
  document.querySelector("[data-drawing]").hidden = false;
  figure.classList.add("can-draw");
  figure.addEventListener("pointerdown", begin);
  figure.addEventListener("pointermove", (event) => start && show(between(start, placeOf(event))));
  for (const name of ["pointerup", "pointercancel"]) figure.addEventListener(name, end);
  const finger = document.querySelector("[data-finger]");
  finger.hidden = !matchMedia("(any-pointer: coarse)").matches;
  finger.addEventListener("click", () => {
    finger.setAttribute("aria-pressed", String(figure.classList.toggle("by-finger")));
  });
}
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-marks]")) return;
  event.preventDefault();
  send(event.target);
});
