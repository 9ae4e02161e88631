/* The reviewer's keys. Every key does what a link or a field on the page does; the page works without this file. */
"use strict";

(() => {
  const form = document.querySelector("form[data-review]");
  const typing = (target) => target.matches("input:not([type=radio]), textarea, select, [contenteditable]");

  /* A number goes to its line of the rubric: then the arrows choose, as in any group of radio buttons. */
  const toLine = (number) => {
    const line = document.querySelectorAll(".rubric > li")[number - 1];
    const field = line && (line.querySelector("input:checked") || line.querySelector("input"));
    if (field) field.focus();
    return Boolean(field);
  };

  document.addEventListener("keydown", (event) => {
    if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.target.matches("input[type=radio]") && event.key.startsWith("Arrow")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (/^[1-9]$/.test(key)) {
      if (toLine(Number(key))) event.preventDefault();
      return;
    }
    const link = [...document.querySelectorAll("a[data-key]")].find((one) => one.dataset.key === key);
    if (link) {
      event.preventDefault();
      link.click();
    }
  });
})();
