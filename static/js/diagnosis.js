/* Answers of the quick diagnosis outlive a reload: this tab keeps them until it is closed, and no other place does. */

const form = document.getElementById("diagnostico");
const told = document.getElementById("recovered");
const key = `diagnosis ${form.dataset.keep}`;

/* A browser may refuse to keep anything: then the page works as it does without this file. */
const kept = () => {
  try {
    return JSON.parse(sessionStorage.getItem(key)) || [];
  } catch {
    return [];
  }
};

const keep = () => {
  const answers = [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && value);
  try {
    if (answers.length) sessionStorage.setItem(key, JSON.stringify(answers));
    else sessionStorage.removeItem(key);
  } catch { /* nothing is kept */ }
};

const choices = () => [...form.elements].filter((field) => field.type === "radio");
const choose = ([name, value]) => {
  const choice = choices().find((one) => one.name === name && one.value === value);
  if (choice) choice.checked = true;
  return Boolean(choice);
};

const forget = () => {
  for (const choice of choices()) choice.checked = false;
  keep();
  form.dispatchEvent(new Event("saved")); // nothing is left that leaving the page could lose
  told.hidden = true;
  choices()[0]?.focus();
};

// Answers that came with the page were just sent from it: they are newer than what the tab keeps.
if (!("answered" in form.dataset)) told.hidden = !kept().filter(choose).length;
keep();
form.addEventListener("change", keep);
told.querySelector("button").addEventListener("click", forget);
