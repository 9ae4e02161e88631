/* Each chosen file goes up by itself: how far it is, what became of it, and again if it failed. What one suffers harms
   no other, and what came of one that broke off waits a day for the same file. Without this file the form of the page
   sends them all at once. */

const AT_ONCE = 2;
const row = document.getElementById("upload-row")?.content;
const words = document.getElementById("upload-words")?.content;

const word = (name, values = {}) => words.querySelector(`[data-word="${name}"]`).textContent
  .replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);

/* What went wrong with one file: in our words, or as the fragment that the portal answered. */
class Fault extends Error {
  constructor(name, { fragment = "", again = true } = {}) {
    super(name);
    Object.assign(this, { fragment, again });
  }
}

const NAMES = { 0: "lost", 401: "ended", 403: "ended", 404: "gone" };
const fault = (status, fragment) => {
  if (status === 422) return new Fault("refused", { fragment, again: false });
  if (status === 503) return new Fault("trouble", { fragment });
  return new Fault(NAMES[status] || "trouble");
};

/* Requests --------------------------------------------------------------------------------------------- */
const ours = (form) => ({ "HX-Request": "true", "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value });

const post = async (form, address, said) => {
  let answer;
  try {
    answer = await fetch(address, { method: "POST", body: new URLSearchParams(said), headers: ours(form) });
  } catch {
    throw new Fault("lost");
  }
  if (!answer.ok) throw fault(answer.status, await answer.text());
  return answer;
};

/* Whoever logs in, in another tab, has a new token for the forms of this page; what was chosen is for who chose it. */
const renew = async () => {
  const { session, person } = document.getElementById("upload-words").dataset;
  const answer = await fetch(session, { headers: { "HX-Request": "true" } }).catch(() => { throw new Fault("lost"); });
  if (!answer.ok) throw fault(answer.status, "");
  const now = await answer.json();
  if (now.person !== person) throw new Fault("stranger");
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = now.token;
};

const put = (address, headers, content, tell) => new Promise((resolve, reject) => {
  const request = new XMLHttpRequest(); // fetch does not say how much is sent
  request.open("PUT", address);
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  request.upload.addEventListener("progress", (event) => tell(event.loaded));
  request.addEventListener("load", () => (request.status === 200 ? resolve(request) : reject(putFault(request))));
  for (const end of ["error", "abort", "timeout"]) request.addEventListener(end, () => reject(new Fault("lost")));
  request.send(content);
});

/* Another page sent the same meanwhile, or an address of the store was too old: asked again, both are well. */
const putFault = ({ status, responseText, responseURL }) => {
  const isOurs = new URL(responseURL || location.href).origin === location.origin;
  return isOurs && status !== 409 ? fault(status, responseText) : new Fault("lost");
};

/* One file ------------------------------------------------------------------------------------------------ */
class Upload {
  constructor(area, file) {
    Object.assign(this, { area, file, line: row.cloneNode(true).firstElementChild });
    this.bar = this.line.querySelector("progress");
    this.said = this.line.querySelector("[data-said]");
    this.retry = this.line.querySelector("[data-retry]");
    this.line.querySelector(".file-name").textContent = file.name;
    this.line.querySelector(".file-meta").textContent = area.size(file.size);
    this.bar.setAttribute("aria-label", file.name);
    this.retry.setAttribute("aria-label", `${this.retry.textContent} ${file.name}`);
    this.retry.addEventListener("click", () => {
      area.input.focus(); // the button goes away
      area.queue([this]);
    });
  }

  wait() {
    this.retry.hidden = true;
    this.bar.hidden = false;
    this.line.classList.remove("has-error");
    this.say(word("waiting"));
  }

  say(text) {
    this.said.textContent = text;
  }

  show(sent) {
    this.bar.value = (100 * sent) / this.file.size;
    this.say(word("sending", { n: Math.floor(this.bar.value) }));
  }

  async send() {
    const { area, file } = this;
    if (this.isOut) await renew();
    this.isOut = false;
    const said = { name: file.name, size: file.size, changed: file.lastModified };
    const begun = await (await post(area.form, area.box.dataset.begin, said)).json();
    await this.transfer(begun);
    this.say(word("checking"));
    const answer = await post(area.form, area.box.dataset.finish, [["upload", begun.upload], ...area.said()]);
    area.goesTo = answer.headers.get("HX-Redirect");
    this.replace(await answer.text());
  }

  /* At once. What broke off goes on from where it was left, and in parts; an object store takes it in one. */
  async transfer({ address, headers, offset, part }) {
    const own = address.startsWith("/"), step = own && this.broke ? part : this.file.size;
    for (let begin = offset; begin < this.file.size; begin += step) {
      this.show(begin);
      const all = own ? { ...ours(this.area.form), "Upload-Offset": begin } : headers;
      await put(address, all, this.file.slice(begin, begin + step), (sent) => this.show(Math.min(begin + sent, this.file.size)));
    }
  }

  replace(fragment) {
    const told = new DOMParser().parseFromString(fragment, "text/html").querySelector("li");
    this.line.replaceWith(told);
    this.line = told;
  }

  fail({ message, fragment, again }) {
    if (!again) {
      this.replace(fragment);
      return;
    }
    const told = new DOMParser().parseFromString(fragment, "text/html").querySelector("li > p:last-child");
    this.say(told ? told.textContent : word(message));
    this.isOut = message === "ended" || message === "stranger";
    if (this.isOut) this.said.append(" ", words.querySelector("[data-login]").cloneNode(true));
    this.broke = true;
    this.line.classList.add("has-error");
    this.bar.hidden = true;
    this.retry.hidden = false;
  }
}

/* A field with its files ----------------------------------------------------------------------------------- */
class Area {
  constructor(box) {
    this.box = box;
    this.input = box.querySelector("input[type=file]");
    this.form = this.input.form;
    this.button = document.querySelector(`[data-sends="${this.input.id}"]`);
    this.waiting = [];
    this.running = 0;
    this.told = this.add("p", "small");
    this.list = this.add("ul", "files");
    this.list.hidden = true;
    this.live = this.add("p", "visually-hidden");
    for (const line of [this.told, this.live]) line.setAttribute("role", "status");
    this.input.addEventListener("change", () => this.tell());
    this.button.addEventListener("click", (event) => this.press(event));
  }

  add(tag, name) {
    const made = Object.assign(document.createElement(tag), { className: name });
    this.box.append(made);
    return made;
  }

  size(bytes) {
    if (bytes < 2 ** 20) return word("small", { n: Math.ceil(bytes / 2 ** 10) });
    const number = (bytes / 2 ** 20).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
    return word("size", { n: number });
  }

  /* Why a file will not be sent, before a byte of it is; the portal looks again at what comes. */
  why(file) {
    const most = Number(this.input.dataset.mostMb);
    const known = this.input.accept.split(",").some((end) => file.name.toLowerCase().endsWith(end));
    if (!known) return word("type");
    if (!file.size) return word("empty");
    return file.size > most * 2 ** 20 ? word("big", { most }) : "";
  }

  tooMany() {
    const n = this.input.files.length, most = Number(this.input.dataset.mostFiles);
    return n > most ? word("many", { n, most }) : "";
  }

  tell() {
    const files = Array.from(this.input.files);
    const lines = files.map((file) => [file.name, this.why(file)].filter(Boolean).join(": "));
    this.told.textContent = this.tooMany() || lines.join(" · ");
  }

  press(event) {
    if (!this.input.files.length) return;
    event.preventDefault();
    if (this.tooMany() || !this.others().every((field) => field.reportValidity())) return;
    const uploads = Array.from(this.input.files, (file) => new Upload(this, file));
    this.input.value = "";
    this.told.textContent = "";
    this.list.hidden = false;
    this.list.append(...uploads.map((one) => one.line));
    for (const one of uploads.filter((each) => this.why(each.file))) this.turnAway(one);
    this.queue(uploads.filter((one) => !this.why(one.file)));
  }

  turnAway(one) {
    one.say(this.why(one.file));
    one.line.classList.add("has-error");
    one.bar.remove();
  }

  /* What is said of all of them, in the fields beside. */
  others() {
    const names = (this.box.dataset.besides || "").split(" ").filter(Boolean);
    return [...this.form.elements].filter((field) => names.includes(field.name));
  }

  said() {
    const named = this.others().filter((field) => field.type !== "checkbox" || field.checked);
    return named.map((field) => [field.name, field.value]);
  }

  queue(uploads) {
    for (const one of uploads) one.wait();
    this.waiting.push(...uploads);
    while (this.running < AT_ONCE && this.waiting.length) this.next();
    this.count();
  }

  async next() {
    const one = this.waiting.shift();
    this.running += 1;
    try {
      await one.send();
    } catch (trouble) {
      one.fail(trouble instanceof Fault ? trouble : new Fault("trouble"));
    }
    this.running -= 1;
    if (this.waiting.length) this.next();
    this.count();
    if (!this.isBusy()) this.rest();
  }

  isBusy() {
    return this.running + this.waiting.length > 0;
  }

  count() {
    const failed = this.list.querySelectorAll(".has-error").length, left = this.running + this.waiting.length;
    const kept = this.list.children.length - failed - left;
    this.live.textContent = word(left ? "progress" : "end", { kept, failed, left });
  }

  /* Documents of the library, chosen beside the files: the form sends them. */
  chosenBefore() {
    const name = this.input.name.replace(/uploads$/, "documents");
    return [...this.form.elements].some((field) => field.name === name && field.checked);
  }

  /* Nothing is under way any more: what the page lists is read anew, and what was typed stays. */
  async rest() {
    this.form.dispatchEvent(new Event("sent-apart"));
    if (this.goesTo) return location.assign(this.goesTo);
    if (this.list.querySelector(".has-error")) return refresh();
    return this.chosenBefore() ? this.button.click() : refresh();
  }
}

const refresh = async () => {
  const answer = await fetch(location.pathname + location.search).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const old of document.querySelectorAll("[data-refreshed]")) {
    const now = fresh.getElementById(old.id);
    if (now) old.replaceWith(document.importNode(now, true));
  }
};

const areas = words ? Array.from(document.querySelectorAll("[data-begin]"), (box) => new Area(box)) : [];
let leaving = false;
document.addEventListener("submit", (event) => { leaving = !event.defaultPrevented; });
window.addEventListener("beforeunload", (event) => {
  if (areas.some((area) => area.isBusy() || (area.input.files.length && !leaving))) event.preventDefault();
});
