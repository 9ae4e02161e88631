/* A draft saves itself. htmx sends the form; this file says when, and shows what became of it.
   Without it the same page is saved by its button. */

const PAUSE = 1000; // milliseconds after the last key
const DATE_PAUSE = 3000; // a year is typed digit by digit, and each is a date
const LONGEST = 10000; // who types without a pause is saved this often
const FIRST_RETRY = 2000, LAST_RETRY = 60000;
const ANSWER_WITHIN = 20000;

const box = document.getElementById("autosave");
const form = document.getElementById("respuesta");
const status = document.getElementById("saved");
const saving = document.getElementById("saving");
const ended = document.getElementById("session-ended");

let saved = ""; // what the form held when it was last known to be kept
let sent = ""; // what the request under way holds
let savedAt = box?.dataset.at;
let inFlight = false, stopped = false, leaving = false, renewed = false, isOut = false;
let failures = 0;
let step; // the field that counts what this page sent
let pressed; // the button that waits for the request under way
let pause, longest, retry;

/* What is typed into the form ------------------------------------------------------------------------ */
const isHalf = (field) => field.type === "date" && field.validity.badInput;
const hasOwnButton = (field) => field.type === "file" || "ownButton" in field.dataset;
const isKeptHere = (field) => field.name && !hasOwnButton(field) && !isHalf(field);
const leftOut = () => new Set([...form.elements].filter((field) => !isKeptHere(field)).map((field) => field.name));
const isTyped = (name) => name !== "csrfmiddlewaretoken" && name !== "page" && name !== "step" && !/(^|-)version$|^initial-/.test(name);

const content = () => {
  const out = leftOut();
  return new URLSearchParams([...new FormData(form)].filter(([name, value]) => value && isTyped(name) && !out.has(name))).toString();
};

/* Chosen files and half a date are not saved by themselves: leaving the page must ask. */
const hasMore = () => [...form.elements].some((field) => isHalf(field)
  || (hasOwnButton(field) && (field.type === "checkbox" ? field.checked : field.value)));

/* What the person is told ---------------------------------------------------------------------------- */
const word = (name) => {
  const text = box.querySelector(`template[data-word="${name}"]`).content.cloneNode(true);
  for (const time of text.querySelectorAll("[data-at]")) time.textContent = savedAt;
  return text;
};

/* Screen readers speak each change of this line: the same words again are no change. */
const say = (...nodes) => {
  const line = document.createElement("p");
  line.append(...nodes);
  if (line.innerHTML.trim() !== status.innerHTML.trim()) status.replaceChildren(...line.childNodes);
};

const showFault = (id, words) => {
  const field = document.getElementById(id);
  const place = (field || document.getElementById(`${id}_group`))?.closest(".field");
  if (!place) return;
  const fault = document.createElement("div");
  fault.className = "field-error";
  fault.id = `${id}_error`;
  fault.append(words);
  place.classList.add("has-error");
  place.querySelector("input, textarea, select").before(fault);
  field?.setAttribute("aria-invalid", "true");
  if (field && !(field.getAttribute("aria-describedby") || "").includes(fault.id)) {
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") || ""} ${fault.id}`.trim());
  }
};

const clearFaults = () => {
  for (const field of [...form.elements].filter((one) => !hasOwnButton(one))) {
    const place = field.closest(".field.has-error");
    if (!place) continue;
    place.classList.remove("has-error");
    place.querySelector(".field-error")?.remove();
    field.removeAttribute("aria-invalid");
  }
};

const showFaults = () => {
  clearFaults();
  for (const told of document.querySelectorAll("#autosave-answer [data-fault]")) {
    showFault(told.dataset.fault, document.importNode(told, true));
  }
  for (const field of [...form.elements].filter(isHalf)) showFault(field.id, word("half"));
};

/* When it is saved ----------------------------------------------------------------------------------- */
const forget = () => [pause, longest, retry].forEach(clearTimeout);

const send = () => {
  forget();
  longest = undefined;
  if (stopped || leaving || isOut) return;
  if (content() === saved && !failures) settle();
  else box.dispatchEvent(new Event("autosave"));
};

const settle = () => {
  if (content() === saved && !hasMore() && !document.querySelector("#autosave-answer :is([data-fault], [data-at=''])")) {
    form.dispatchEvent(new Event("saved"));
  }
};

const typed = (event) => {
  if (event.target.form !== form || hasOwnButton(event.target) || stopped) return;
  clearTimeout(pause);
  const isDate = event.target.type === "date";
  pause = setTimeout(send, event.type === "change" && !isDate ? 0 : isDate ? DATE_PAUSE : PAUSE);
  longest ??= setTimeout(send, LONGEST);
};

const tryAgain = (name) => {
  say(word(name));
  failures += 1;
  retry = setTimeout(send, Math.min(FIRST_RETRY * 2 ** (failures - 1), LAST_RETRY));
};

const stop = (...nodes) => {
  stopped = true;
  forget();
  if (nodes.length) say(...nodes);
};

/* What an answer means ------------------------------------------------------------------------------- */
const told = () => document.querySelector("#autosave-answer > [data-at]");
const answered = () => [...document.importNode(told(), true).childNodes];

const kept = () => {
  saved = sent;
  failures = 0;
  renewed = false;
  savedAt = told().dataset.at || savedAt; // without a time it waits for more, and is not kept yet
  showFaults();
  say(...answered());
  settle();
  if (content() !== saved) pause = setTimeout(send, PAUSE);
};

const MEANINGS = {
  200: kept,
  401: (xhr) => askPassword(xhr.responseText),
  403: () => (renewed ? stop(word("gone")) : renew()),
  409: () => stop(...answered()),
  423: () => stop(...answered()),
};

const conclude = (xhr) => {
  if (MEANINGS[xhr.status]) MEANINGS[xhr.status](xhr);
  else if (!xhr.status) tryAgain("offline");
  else if (xhr.status >= 500 || xhr.status === 429 || xhr.status === 408) tryAgain("trouble");
  else stop(word("gone"));
};

/* The session: the page asks for the password where it stands, and goes on --------------------------- */
const askPassword = (fragment) => {
  isOut = true;
  say(word("ended"));
  if (ended.firstElementChild) return;
  ended.innerHTML = fragment;
  const asked = ended.querySelector("form");
  asked.login.value = box.dataset.person;
  asked.addEventListener("submit", logIn);
};

const logIn = async (event) => {
  event.preventDefault();
  const asked = event.target;
  const headers = { "X-Requested-With": "XMLHttpRequest" };
  try {
    const answer = await fetch(asked.action, { method: "POST", body: new FormData(asked), headers });
    if (answer.ok) {
      const { location } = await answer.json();
      await renew();
      if (isOut) secondStep(asked, location);
    } else {
      asked.querySelector(".field-error").textContent = await reason(answer);
      asked.password.focus();
    }
  } catch {
    say(word("offline"));
  }
};

const reason = async (answer) => {
  if (answer.status !== 400) return box.querySelector('[data-word="trouble"]').content.textContent;
  const { form: told } = await answer.json();
  return [...told.errors, ...Object.values(told.fields).flatMap((field) => field.errors)].join(" ");
};

const secondStep = (asked, location) => {
  asked.querySelector("a").href = location;
  say(word("second-step"));
};

/* Whoever logs in gets new tokens for their forms; the words of this page are saved for their author alone. */
const renew = async () => {
  renewed = true;
  try {
    const answer = await fetch(box.dataset.session, { headers: { "HX-Request": "true" } });
    if (answer.status === 401) askPassword(await answer.text());
    else if (!answer.ok) tryAgain("trouble");
    else goOn(await answer.json());
  } catch {
    tryAgain("offline");
  }
};

const goOn = ({ person, token }) => {
  if (person !== box.dataset.person) {
    stop(word("stranger"));
    return;
  }
  isOut = false;
  ended.replaceChildren();
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  failures ||= 1; // what was refused is sent again, even if nothing was typed since
  send();
};

/* Its own button -------------------------------------------------------------------------------------- */
const press = (event) => {
  if (event.target !== form) return;
  forget();
  const offline = failures && !navigator.onLine;
  if (!inFlight && !offline) {
    leaving = true;
    nextStep();
    return;
  }
  // The version under way is not known yet, or nobody would answer: first the one, then the other.
  event.preventDefault();
  event.stopImmediatePropagation();
  pressed = event.submitter || null;
  if (offline) say(word("offline"));
};

const pressAgain = () => {
  if (pressed === undefined || failures || isOut) return;
  const button = pressed;
  pressed = undefined;
  form.requestSubmit(button);
};

/* htmx ------------------------------------------------------------------------------------------------- */
const listen = () => {
  box.addEventListener("htmx:configRequest", (event) => {
    for (const name of leftOut()) event.detail.formData.delete(name);
    event.detail.formData.set("step", nextStep());
    event.detail.timeout = ANSWER_WITHIN;
  });
  box.addEventListener("htmx:beforeRequest", (event) => {
    // htmx queues what comes while a request is under way: by now it may be saved, or no longer to be sent.
    if (stopped || leaving || isOut || (content() === saved && !failures)) {
      event.preventDefault();
      return;
    }
    sent = content();
    inFlight = true;
    saving.hidden = false;
  });
  box.addEventListener("htmx:beforeSwap", ({ detail }) => {
    detail.shouldSwap = [200, 409, 423].includes(detail.xhr.status);
    detail.isError = false; // it is told here
  });
  box.addEventListener("htmx:afterRequest", ({ detail }) => {
    inFlight = false;
    saving.hidden = true;
    conclude(detail.xhr);
    pressAgain();
  });
};

/* What takes the place of an open fold is open. */
const keepOpen = ({ detail }) => {
  if (detail.target.querySelector("details")?.open) detail.fragment.querySelector("details")?.setAttribute("open", "");
};

const hide = (name, value) => {
  const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
  form.append(field);
  return field;
};

/* The portal knows by these who sent what, and in which order: a request may arrive after the one that followed it. */
const nameThisPage = () => {
  hide("page", crypto.randomUUID?.() || `${Date.now()}${Math.random()}`);
  step = hide("step", 0);
};

const nextStep = () => {
  step.value = Number(step.value) + 1;
  return step.value;
};

if (box && form) {
  nameThisPage();
  // A form that comes with what was typed before the session ended, or with a fault, is not saved yet.
  saved = "unkept" in form.dataset ? "" : content();
  listen();
  document.addEventListener("htmx:oobBeforeSwap", keepOpen);
  document.addEventListener("input", typed);
  document.addEventListener("change", typed);
  document.addEventListener("submit", press, true);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-discard]")) form.dispatchEvent(new Event("saved"));
  });
  form.addEventListener("sent-apart", send); // static/js/uploads.js: nothing of it is left to be saved
  document.addEventListener("visibilitychange", () => (isOut ? !document.hidden && renew() : document.hidden && send()));
  window.addEventListener("focus", () => isOut && renew());
  window.addEventListener("online", () => failures && send());
  window.addEventListener("offline", () => content() !== saved && say(word("offline")));
  window.addEventListener("pageshow", () => { leaving = false; });
}
