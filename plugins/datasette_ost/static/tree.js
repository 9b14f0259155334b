// The tree: roving focus, folding, branches fetched as they open, deep links, the panel.
// Everything is looked up in the document each time, so a replaced page needs no second set-up.
"use strict";
{
  const { picture, image } = window.ost;
  const { saved, asked, address, fetched } = window.ost.filter;
  const { items, details, inner, open, above, equip, next, previous, deepest, named } = window.ost.walk;
  const tree = () => document.querySelector("[data-tree]");
  const main = () => document.getElementById("ost-main");
  const panel = () => document.querySelector("[data-panel]");
  const wide = window.matchMedia("print, (min-width: 760px)");
  const byId = (id) => tree()?.querySelector(`li[data-id="${CSS.escape(id)}"]`) ?? null;
  const drawing = () => ({ picture: true, list: false })[asked().get("view")] ?? wide.matches;

  function mount(again = false) {
    const root = tree();
    if (!root) return;
    root.setAttribute("role", "tree");
    equip(root);
    if (!root.querySelector('li[tabindex="0"]')) root.querySelector("li[data-id]").tabIndex = 0;
    document.querySelector("[data-tools]").hidden = false;
    const shown = drawing();
    document.querySelector('[data-do="view"]').textContent = shown ? "List" : "Picture";
    for (const each of document.querySelectorAll("[data-drawn]")) each.hidden = !shown;
    if (shown) picture.mount(root, { again });
    else {
      picture.unmount();
      root.closest(".canvas").classList.add("listed");
    }
    const chosen = asked().get("panel");
    if (chosen) chosen === panel().dataset.of || show(chosen);
    else panel().hidden = true;
    const total = document.querySelectorAll("[data-tree] .box.hit").length;
    for (const each of document.querySelectorAll("[data-hits]")) each.hidden = !total;
  }

  function focus(item, { scroll = true } = {}) {
    if (!item) return;
    for (const each of tree().querySelectorAll('li[tabindex="0"]')) each.tabIndex = -1;
    item.tabIndex = 0;
    if (scroll && picture.on) picture.reveal(item);
    item.focus({ preventScroll: true });
    if (scroll && !picture.on) item.querySelector(":scope > .box").scrollIntoView({ block: "nearest" });
    if (!panel().hidden) later(() => show(item.dataset.id));
  }

  let timer = 0;
  function later(then) {
    clearTimeout(timer);
    timer = setTimeout(then, 150);
  }

  let drawSoon = 0, keep = null, aim = null;
  function redraw(item, then = null) {
    if (!picture.on) return;
    keep ??= item;
    aim = then ?? aim;
    drawSoon ||= requestAnimationFrame(() => {
      const [was, next] = [keep, aim];
      [drawSoon, keep, aim] = [0, null, null];
      if (!picture.on) return;
      const other = picture.layout(was);
      if (next) next(); else if (other) picture.together(was);
    });
  }

  // Takes over what an answer has below branches that are not on the page yet.
  function graft(page, branches) {
    if (page.getElementById("ost-main").dataset.build !== main().dataset.build) {
      document.dispatchEvent(new Event("ost:stale"));
    }
    const lists = new Map([...items(page)].map((each) => [each.dataset.id, inner(each)]));
    for (const branch of branches) {
      const list = lists.get(branch.parentElement.dataset.id);
      if (list === undefined) continue;
      branch.querySelector(".there")?.remove();
      delete branch.dataset.more;
      if (!list) continue;
      branch.append(document.adoptNode(list));
      list.setAttribute("role", "group");
      equip(list);
    }
  }

  // Branches that are opened together come in one answer: one at a time would take minutes.
  const FEW = 6, wanted = new Set();
  let unfolded = null; // the only unfolded branch, or none if all are unfolded
  function more(item) {
    if (!details(item).dataset.more) return;
    details(item).setAttribute("aria-busy", "true");
    if (!wanted.size) setTimeout(() => { const found = [...wanted]; wanted.clear(); if (found.length > FEW) rest(); else found.forEach(one); }, 20);
    wanted.add(item);
  }

  async function one(item) {
    const branch = details(item), where = new URL(branch.dataset.more, location.href);
    where.searchParams.set("levels", "2");
    try {
      graft(await fetched(where), [branch]);
      redraw(item, unfolded === item ? () => picture.together(item) : unfolded ? null : fitted);
    } catch { /* its link stays */ }
    branch.removeAttribute("aria-busy");
  }

  // All that is not on the page yet.
  async function rest() {
    const branches = tree().querySelectorAll("[data-more]");
    if (!branches.length) return;
    if (!tree().dataset.all) {
      const where = new URL(location.href);
      where.searchParams.set("all", "1");
      tell("Loading…", 0);
      try {
        const page = await fetched(where);
        tree().dataset.all = "1";
        graft(page, branches);
        tell("");
      } catch { tell("Could not load the rest"); }
      redraw(tree().firstElementChild, unfolded ? null : fitted);
    }
    for (const each of branches) each.removeAttribute("aria-busy");
    if (tree().querySelector("[open][data-more]")) tell("Too many for one page. Open a branch on its own", 8);
  }

  function unfold(item, yes) {
    const branch = details(item);
    if (!branch || branch.open === yes) return;
    if (!yes && branch.contains(document.activeElement)) focus(item);
    branch.open = yes;
    unfolded = item;
    redraw(item, () => picture.together(item));
  }

  function hit(step) {
    const found = [...tree().querySelectorAll(".box.hit")].map((each) => each.parentElement);
    if (!found.length) return;
    const current = tree().querySelector('li[tabindex="0"]');
    const after = found.findIndex((each) => current.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING);
    const exact = found.indexOf(current);
    const place = exact >= 0 ? exact + step : step > 0 ? after : (after < 0 ? found.length : after) - 1;
    const item = found[(place + found.length) % found.length];
    way(item);
    focus(item, { scroll: false });
    centre(item);
    document.querySelector("[data-told]").textContent = `${found.indexOf(item) + 1} of ${found.length} on the page`;
  }

  // ---- the panel

  async function show(id, { into = false } = {}) {
    const aside = panel();
    if (aside.dataset.of === id && !aside.hidden) { if (into) aside.querySelector("a, button")?.focus(); return; }
    aside.dataset.of = id;
    address({ panel: id });
    try {
      const page = tree().dataset.on ? await window.ost.life(byId(id), fetched) : saved() ? await window.ost.part(byId(id).querySelector(":scope > .box > .title")) : await fetched(`${main().dataset.base}/panel/${encodeId(id)}`);
      if (panel().dataset.of !== id) return;
      const found = page.querySelector(".panel-body");
      if (!found) throw new Error("nothing to show");
      const opened = panel().hidden;
      panel().replaceChildren(document.adoptNode(found));
      panel().hidden = false;
      panel().parentElement.classList.add("beside");
      panel().scrollTop = 0;
      for (const each of tree().querySelectorAll(".box.chosen")) each.classList.remove("chosen");
      const item = byId(id);
      item?.querySelector(":scope > .box").classList.add("chosen");
      if (opened && item) requestAnimationFrame(() => uncovered(item));
      if (into) panel().querySelector("a, button")?.focus();
    } catch {
      const item = byId(id);
      if (item) location.assign(item.querySelector(":scope > .box > .title").href);
    }
  }

  // On a phone, the panel covers the page, so move the box up.
  function uncovered(item) {
    const over = getComputedStyle(panel()).position === "fixed" && panel().getBoundingClientRect().top;
    if (picture.on) {
      if (over) window.scrollBy(0, panel().parentElement.getBoundingClientRect().top);
      picture.together(item);
      return;
    }
    const line = item.querySelector(":scope > .box").getBoundingClientRect();
    if (over && line.bottom > over) window.scrollBy(0, line.top - over / 2);
  }

  // As in the addresses that the server writes: letters, digits, _ and - stay, other bytes are ~XX.
  const encodeId = (id) => [...new TextEncoder().encode(id)].map((each) => {
    const letter = String.fromCharCode(each);
    return /[A-Za-z0-9_-]/.test(letter) ? letter : letter === " " ? "+" : `~${each.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");

  function hide() {
    const aside = panel(), was = aside.dataset.of, inside = aside.contains(document.activeElement);
    aside.hidden = true;
    aside.parentElement.classList.remove("beside");
    delete aside.dataset.of;
    clearTimeout(timer);
    address({ panel: "" });
    for (const each of tree().querySelectorAll(".box.chosen")) each.classList.remove("chosen");
    if (inside) focus(byId(was) ?? tree().querySelector('li[tabindex="0"]'));
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
    ".": (item) => location.assign(item.dataset.branch),
    "]": () => hit(1),
    "[": () => hit(-1),
  };
  const MOVES = {
    "+": () => picture.zoom(1.25), "=": () => picture.zoom(1.25), "-": () => picture.zoom(0.8), 0: () => picture.fit(),
    ArrowDown: () => picture.pan(0, -120), ArrowUp: () => picture.pan(0, 120), ArrowRight: () => picture.pan(-120, 0), ArrowLeft: () => picture.pan(120, 0),
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel() && !panel().hidden && event.target.closest?.("[data-tree], [data-panel]")) { hide(); return; }
    const item = event.target.closest?.("li[data-id]");
    if (!item || event.altKey || event.ctrlKey || event.metaKey || event.target !== item) return;
    if (picture.on && MOVES[event.key] && (event.shiftKey || !event.key.startsWith("Arrow"))) {
      event.preventDefault();
      MOVES[event.key]();
      return;
    }
    if (event.key === "Enter" && picture.on && panel().dataset.of !== item.dataset.id) {
      event.preventDefault();
      show(item.dataset.id);
      return;
    }
    const letter = event.key.length === 1 && /\p{L}|\p{N}/u.test(event.key);
    if (!KEYS[event.key] && !letter) return;
    event.preventDefault();
    if (letter) focus(named(item, event.key.toLowerCase()));
    else if (event.key === "Enter") location.assign(item.querySelector(":scope > .box > .title").href);
    else KEYS[event.key](item);
  });

  document.addEventListener("toggle", (event) => {
    const item = event.target.parentElement?.closest?.("li[data-id]");
    if (!item || event.target !== details(item)) return;
    item.setAttribute("aria-expanded", String(event.target.open));
    if (event.target.open) more(item);
    if (!picture.shows(item)) redraw(item);
  }, true);

  document.addEventListener("focusin", (event) => {
    if (event.target.matches?.("li[data-id]")) {
      history.replaceState(history.state, "", `#${encodeURIComponent(event.target.dataset.id)}`);
    }
  });

  document.addEventListener("click", (event) => {
    if (!tree() || event.defaultPrevented) return;
    const summary = event.target.closest?.(".tree summary");
    const plain = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (summary) {
      event.preventDefault();
      const item = summary.closest("li[data-id]");
      unfold(item, !open(item));
      focus(item, { scroll: false });
      return;
    }
    const item = event.target.closest?.(".box")?.parentElement;
    if (item?.dataset.id && picture.on && plain) {
      event.preventDefault();
      focus(item, { scroll: false });
      if (item.firstElementChild.matches(".pinned")) picture.together(item); else show(item.dataset.id);
      return;
    }
    const doing = event.target.closest?.("[data-do]");
    if (doing) DO[doing.dataset.do](doing);
  });

  const fitted = () => picture.fit({}, 0.5);
  const overview = () => { unfolded = null; redraw(tree().firstElementChild, fitted); };
  const closed = () => [...items(tree())].filter((each) => details(each) && !open(each));
  const inSight = (item) => !item.parentElement.closest("details:not([open])");

  // Unfolds all of a small tree; of a large one the next level, and everything when asked again.
  const AGAIN = 4;
  let pressed = -Infinity;
  async function unfoldAll() {
    const all = performance.now() - pressed < AGAIN * 1000 || closed().length < 60;
    if (all) await rest();
    const found = closed();
    for (const each of all ? found : found.filter(inSight)) details(each).open = true;
    if (!all) tell("Unfold again for everything", AGAIN);
    pressed = performance.now();
    overview();
  }

  const DO = {
    fold: () => { for (const each of items(tree())) if (each.parentElement !== tree() && details(each)) details(each).open = false; overview(); },
    unfold: unfoldAll,
    in: () => picture.zoom(1.25, undefined, undefined, true),
    out: () => picture.zoom(0.8, undefined, undefined, true),
    fit: () => picture.fit(),
    next: () => hit(1),
    previous: () => hit(-1),
    close: hide,
    view: () => { address({ view: drawing() ? "list" : "picture" }); mount(); },
    copy: (button) => said(button, image.copy),
    png: (button) => said(button, image.savePng),
    svg: (button) => said(button, image.saveSvg),
  };

  let told = 0;
  function tell(words, seconds = AGAIN) {
    clearTimeout(told);
    document.querySelector("[data-told]").textContent = words;
    if (words && seconds) told = setTimeout(tell, seconds * 1000, "");
  }

  async function said(button, does) {
    try { tell(await does()); } catch (error) { tell(`Something went wrong: ${error.message}`); }
    button.closest("details").open = false;
  }

  // ---- deep links: open the way to the node, fetching it when it is not on the page yet

  function way(item) {
    let changed = false;
    for (let each = above(item); each; each = above(each)) if (!details(each).open) { details(each).open = true; changed = true; }
    if (changed && picture.on) picture.layout();
  }

  async function follow() {
    const root = tree();
    const id = decodeURIComponent(location.hash.slice(1));
    if (!root || !id || id === "ost-main") return;
    let item = byId(id);
    if (!item) {
      const page = await fetched(`${location.pathname}?at=${encodeURIComponent(id)}`).catch(() => null);
      const found = page?.querySelector("[data-tree]");
      if (!found?.querySelector(`li[data-id="${CSS.escape(id)}"]`)) return;
      root.replaceChildren(...document.adoptNode(found).children);
      mount();
      item = byId(id);
    }
    way(item);
    focus(item, { scroll: false });
    centre(item);
    // The browser scrolls to the element after loading; the picture goes there itself.
    const settle = () => requestAnimationFrame(() => { if (!picture.on) return; window.scrollTo(0, 0); picture.still(); centre(item); });
    if (document.readyState === "complete") settle(); else window.addEventListener("load", () => setTimeout(settle), { once: true });
  }

  function centre(item) {
    if (picture.on) picture.together(item, { smooth: false });
    else item.querySelector(":scope > .box").scrollIntoView({ block: "center" });
  }

  window.ost.tree = { mount, centre };
  document.addEventListener("ost:swapped", () => mount(true));
  window.addEventListener("hashchange", follow);
  wide.addEventListener("change", () => mount());
  if (tree()) {
    mount();
    follow();
    document.documentElement.dataset.ready = String(Math.round(performance.now()));
  }
}
