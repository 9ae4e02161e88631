/* Size and page by key and without loading again. Every key does what a link does; the page works without this file. */
"use strict";

(() => {
  const viewer = document.querySelector("[data-viewer]");
  if (!viewer) return;
  const pages = [...viewer.querySelectorAll(".viewer-page")];
  const links = [...viewer.querySelectorAll("[data-zoom-to]")];
  const LARGE = 200;

  const missing = (picture) => {
    picture.hidden = true;
    picture.closest(".viewer-page").querySelector(".viewer-missing").hidden = false;
  };
  viewer.addEventListener("error", (event) => {
    if (event.target.matches("img")) missing(event.target);
  }, true);

  /* The page that stands at the top of the window, or else fills it. */
  const current = () => Math.max(0, pages.findLastIndex((page) => page.getBoundingClientRect().top <= innerHeight / 3));

  const resize = (zoom) => {
    const at = current();
    viewer.dataset.zoom = zoom;
    for (const picture of viewer.querySelectorAll("img[data-large]")) {
      picture.dataset.plain ??= picture.getAttribute("src").split("?")[0];
      const wanted = zoom >= LARGE ? picture.dataset.large : picture.dataset.plain;
      if (picture.getAttribute("src") !== wanted) picture.src = wanted;
    }
    for (const link of links) {
      if (Number(link.dataset.zoomTo) === zoom) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    for (const field of viewer.querySelectorAll("input[name=zoom]")) field.value = zoom;
    const address = new URL(location.href);
    address.searchParams.set("zoom", zoom);
    history.replaceState(null, "", address);
    if (pages[at]) pages[at].scrollIntoView();
  };

  const step = (by) => {
    const sizes = links.map((link) => Number(link.dataset.zoomTo));
    const next = sizes[sizes.indexOf(Number(viewer.dataset.zoom)) + by];
    if (next) resize(next);
  };

  const turn = (by) => {
    const page = pages[current() + by];
    if (page) page.scrollIntoView();
    else viewer.querySelector(by > 0 ? "a[rel=next]" : "a[rel=prev]")?.click();
  };

  const KEYS = {
    "+": () => step(1), "-": () => step(-1), "0": () => resize(100), ArrowRight: () => turn(1), ArrowLeft: () => turn(-1),
  };

  for (const link of links) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      resize(Number(link.dataset.zoomTo));
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
    /* A table, or a picture that is wider than the window, is moved by the arrows. */
    const wide = event.target.closest("[role=region]");
    if (event.key.startsWith("Arrow") && wide && wide.scrollWidth > wide.clientWidth) return;
    if (!pages.length || !KEYS[event.key]) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  for (const help of viewer.querySelectorAll(".viewer-keys")) help.hidden = false;
})();
