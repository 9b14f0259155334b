// The tree: roving focus, folding, branches fetched as they open, deep links, zoom and pan.
// Everything is found anew from the document each time, so that a swapped page needs no second set-up.

const tree = () => document.querySelector("[data-tree]");
const canvas = () => document.querySelector(".canvas");
const wide = window.matchMedia("(min-width: 760px)");
const items = (root) => root.querySelectorAll("li[data-id]");
const details = (item) => item.querySelector(":scope > details");
const inner = (item) => item.querySelector(":scope > details > ul");
const open = (item) => details(item)?.open ?? false;
const byId = (id) => tree()?.querySelector(`li[data-id="${CSS.escape(id)}"]`) ?? null;
const above = (item) => item.parentElement.closest("li[data-id]");

let zoom = 1;

function label(item) {
  const box = item.querySelector(":scope > .box");
  const words = [".title", ".kind", ".status", ".foot"].map((part) => box.querySelector(part)?.textContent.trim());
  return words.filter(Boolean).join(", ");
}

function equip(root) {
  for (const item of items(root)) {
    if (item.hasAttribute("role")) continue;
    item.setAttribute("role", "treeitem");
    item.setAttribute("aria-label", label(item));
    item.tabIndex = -1;
    item.querySelector(":scope > .box > .title").tabIndex = -1;
    const branch = details(item);
    if (!branch) continue;
    item.setAttribute("aria-expanded", String(branch.open));
    branch.setAttribute("role", "none");
    const summary = branch.firstElementChild;
    summary.tabIndex = -1;
    summary.setAttribute("aria-hidden", "true");
    inner(item)?.setAttribute("role", "group");
  }
}

function mount() {
  const root = tree();
  if (!root) return;
  root.setAttribute("role", "tree");
  equip(root);
  root.querySelector("li[data-id]").tabIndex = 0;
  document.querySelector("[data-tools]").hidden = false;
}

function focus(item, { scroll = true } = {}) {
  if (!item) return;
  for (const each of tree().querySelectorAll('li[tabindex="0"]')) each.tabIndex = -1;
  item.tabIndex = 0;
  item.focus({ preventScroll: true });
  if (scroll) item.querySelector(":scope > .box").scrollIntoView({ block: "nearest", inline: "nearest" });
}

// Keeps a box where it is while what is below it comes or goes.
function still(item, change) {
  const box = item.querySelector(":scope > .box");
  const was = box.getBoundingClientRect();
  change();
  requestAnimationFrame(() => {
    const is = box.getBoundingClientRect();
    const frame = wide.matches ? canvas() : document.scrollingElement;
    frame.scrollLeft += is.left - was.left;
    frame.scrollTop += is.top - was.top;
  });
}

async function fetched(address) {
  const answer = await fetch(address, { headers: { accept: "text/html" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

const waiting = new Map();

function more(item) {
  const branch = details(item);
  if (!branch?.dataset.more) return Promise.resolve();
  if (waiting.has(branch)) return waiting.get(branch);
  branch.setAttribute("aria-busy", "true");
  const done = fetched(`${branch.dataset.more}?levels=2`).then((page) => {
    const main = document.getElementById("ost-main");
    if (page.getElementById("ost-main").dataset.build !== main.dataset.build) {
      document.dispatchEvent(new Event("ost:stale"));
    }
    const list = page.querySelector("[data-tree] > li > details > ul");
    branch.querySelector(".there")?.remove();
    delete branch.dataset.more;
    if (list) still(item, () => branch.append(document.adoptNode(list)));
    inner(item)?.setAttribute("role", "group");
    equip(branch);
  }).catch(() => {
    const note = branch.querySelector(".there");
    if (note) note.dataset.failed = "";
  }).finally(() => {
    branch.removeAttribute("aria-busy");
    waiting.delete(branch);
  });
  waiting.set(branch, done);
  return done;
}

function unfold(item, yes) {
  const branch = details(item);
  if (!branch || branch.open === yes) return;
  if (!yes && branch.contains(document.activeElement)) focus(item);
  still(item, () => { branch.open = yes; });
}

function next(item) {
  if (open(item)) {
    const first = inner(item)?.querySelector(":scope > li");
    if (first) return first;
  }
  for (let each = item; each; each = above(each)) {
    if (each.nextElementSibling) return each.nextElementSibling;
  }
  return null;
}

function deepest(item) {
  let each = item;
  while (open(each) && inner(each)?.lastElementChild) each = inner(each).lastElementChild;
  return each;
}

function previous(item) {
  return item.previousElementSibling ? deepest(item.previousElementSibling) : above(item);
}

function named(item, letter) {
  const starts = (each) => each.querySelector(":scope > .box > .title").textContent.trim().toLowerCase().startsWith(letter);
  for (let each = next(item); each; each = next(each)) if (starts(each)) return each;
  for (let each = tree().firstElementChild; each && each !== item; each = next(each)) if (starts(each)) return each;
  return null;
}

const KEYS = {
  ArrowDown: (item) => focus(next(item)),
  ArrowUp: (item) => focus(previous(item)),
  ArrowRight: (item) => (details(item) && !open(item) ? unfold(item, true) : open(item) && focus(inner(item)?.firstElementChild)),
  ArrowLeft: (item) => (open(item) ? unfold(item, false) : focus(above(item))),
  Home: () => focus(tree().firstElementChild),
  End: () => focus(deepest(tree().firstElementChild)),
  Enter: (item) => item.querySelector(":scope > .box > .title").click(),
  " ": (item) => unfold(item, !open(item)),
  "*": (item) => { for (const each of item.parentElement.children) unfold(each, true); },
};

document.addEventListener("keydown", (event) => {
  const item = event.target.closest?.("li[data-id]");
  if (!item || event.altKey || event.ctrlKey || event.metaKey || event.target !== item) return;
  const letter = event.key.length === 1 && /\p{L}|\p{N}/u.test(event.key);
  if (!KEYS[event.key] && !letter) return;
  event.preventDefault();
  if (letter) focus(named(item, event.key.toLowerCase()));
  else KEYS[event.key](item);
});

document.addEventListener("toggle", (event) => {
  const item = event.target.parentElement?.closest?.("li[data-id]");
  if (!item || event.target !== details(item)) return;
  item.setAttribute("aria-expanded", String(event.target.open));
  if (event.target.open) more(item);
}, true);

document.addEventListener("focusin", (event) => {
  if (event.target.matches?.("li[data-id]")) {
    history.replaceState(history.state, "", `#${encodeURIComponent(event.target.dataset.id)}`);
  }
});

document.addEventListener("click", (event) => {
  const summary = event.target.closest?.(".tree summary");
  if (summary) {
    event.preventDefault();
    const item = summary.closest("li[data-id]");
    unfold(item, !open(item));
    focus(item, { scroll: false });
    return;
  }
  const doing = event.target.closest?.("[data-do]")?.dataset.do;
  if (doing) DO[doing]();
});

const shownAndClosed = () => [...items(tree())].filter((each) => details(each) && !open(each) && each.checkVisibility());

const DO = {
  fold: () => { for (const each of items(tree())) if (each.parentElement !== tree() && details(each)) details(each).open = false; },
  unfold: () => { for (const each of shownAndClosed()) details(each).open = true; },
  in: () => scale(zoom * 1.2),
  out: () => scale(zoom / 1.2),
  fit: () => scale((canvas().clientWidth - 2) / (tree().scrollWidth / zoom || 1), 1),
};

function scale(wanted, most = 2) {
  const frame = canvas();
  const was = { x: (frame.scrollLeft + frame.clientWidth / 2) / zoom, y: frame.scrollTop / zoom };
  zoom = Math.min(most, Math.max(0.2, wanted));
  tree().style.zoom = zoom;
  frame.scrollLeft = was.x * zoom - frame.clientWidth / 2;
  frame.scrollTop = was.y * zoom;
}

document.addEventListener("wheel", (event) => {
  if (!event.ctrlKey || !event.target.closest?.(".canvas") || !wide.matches) return;
  event.preventDefault();
  scale(zoom * (event.deltaY < 0 ? 1.1 : 1 / 1.1));
}, { passive: false });

document.addEventListener("pointerdown", (event) => {
  const frame = event.target.closest?.(".canvas");
  if (!frame || !wide.matches || event.button !== 0 || event.pointerType !== "mouse" || event.target.closest(".box, summary, a")) return;
  const from = { x: event.clientX + frame.scrollLeft, y: event.clientY + frame.scrollTop };
  const move = (moved) => { frame.scrollLeft = from.x - moved.clientX; frame.scrollTop = from.y - moved.clientY; };
  const stop = () => { frame.classList.remove("held"); frame.removeEventListener("pointermove", move); };
  frame.classList.add("held");
  frame.addEventListener("pointermove", move);
  window.addEventListener("pointerup", stop, { once: true });
});

// Deep links: open the way to the node, fetching it when it is not on the page yet.
async function follow() {
  const root = tree();
  const id = decodeURIComponent(location.hash.slice(1));
  if (!root || !id) return;
  let item = byId(id);
  if (!item) {
    const page = await fetched(`${location.pathname}?at=${encodeURIComponent(id)}`).catch(() => null);
    const found = page?.querySelector("[data-tree]");
    if (!found?.querySelector(`li[data-id="${CSS.escape(id)}"]`)) return;
    root.replaceChildren(...document.adoptNode(found).children);
    equip(root);
    item = byId(id);
  }
  for (let each = above(item); each; each = above(each)) details(each).open = true;
  focus(item, { scroll: false });
  centre(item);
}

function centre(item) {
  const box = item.querySelector(":scope > .box");
  if (!wide.matches) {
    box.scrollIntoView({ block: "center" });
    return;
  }
  const frame = canvas();
  const [is, around] = [box.getBoundingClientRect(), frame.getBoundingClientRect()];
  frame.scrollLeft += (is.left + is.right - around.left - around.right) / 2;
  frame.scrollTop += (is.top + is.bottom - around.top - around.bottom) / 2;
  box.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function begin() {
  mount();
  const frame = canvas();
  if (!frame) return;
  if (wide.matches) {
    const wanted = frame.clientWidth / tree().scrollWidth;
    if (wanted < 1) scale(Math.max(wanted, 0.8), 1);
    const top = tree().querySelector(".box").getBoundingClientRect();
    frame.scrollLeft += top.left + top.width / 2 - frame.getBoundingClientRect().left - frame.clientWidth / 2;
  }
  follow();
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
}

document.addEventListener("ost:swapped", () => { mount(); if (tree()) tree().style.zoom = zoom; });
window.addEventListener("hashchange", follow);
begin();
