// Live pages: asks which build is shown (the server answers when there is another, or after a
// second), and takes over a new one in place, without losing what was unfolded, where the focus was, or how far the page was scrolled.

const main = () => document.getElementById("ost-main");
const frame = () => document.querySelector(".canvas");

function remembered() {
  const active = document.activeElement;
  return {
    open: new Map([...document.querySelectorAll("#ost-main li[data-id] > details")].map((each) => [each.parentElement.dataset.id, each.open])),
    groups: new Map([...document.querySelectorAll("#ost-main details[id]")].map((each) => [each.id, each.open])),
    focus: active?.dataset?.id ?? null,
    link: main().contains(active) ? active.getAttribute?.("href") : null,
    page: [window.scrollX, window.scrollY],
    frame: frame() ? [frame().scrollLeft, frame().scrollTop] : null,
  };
}

function restore(kept) {
  for (const each of document.querySelectorAll("#ost-main li[data-id] > details")) {
    const was = kept.open.get(each.parentElement.dataset.id);
    if (was !== undefined) each.open = was;
  }
  for (const each of document.querySelectorAll("#ost-main details[id]")) {
    if (kept.groups.has(each.id)) each.open = kept.groups.get(each.id);
  }
  document.dispatchEvent(new Event("ost:swapped"));
  if (kept.focus) {
    document.querySelector(`#ost-main li[data-id="${CSS.escape(kept.focus)}"]`)?.focus({ preventScroll: true });
  } else if (kept.link) {
    document.querySelector(`#ost-main a[href="${CSS.escape(kept.link)}"]`)?.focus({ preventScroll: true });
  }
  window.scrollTo(...kept.page);
  if (kept.frame && frame()) [frame().scrollLeft, frame().scrollTop] = kept.frame;
}

async function swap() {
  const where = new URL(location.href.split("#")[0]);
  const all = document.querySelector("[data-all]"); // a tree whose branches are all on the page
  if (all) where.searchParams.set("all", "1");
  const answer = await fetch(where, { cache: "no-cache", headers: { accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("ost-main");
  if (!fresh) return;
  const kept = remembered();
  main().replaceWith(document.adoptNode(fresh));
  if (all) document.querySelector("[data-tree]").dataset.all = "1";
  document.title = page.title;
  restore(kept);
}

async function look() {
  const began = Date.now();
  let pause = 1000;
  if (!document.hidden) {
    try {
      const shown = main().dataset;
      const answer = await fetch(`${shown.base}/build.json?shown=${shown.build}`, { cache: "no-cache" });
      const told = await answer.json();
      const moved = told.build !== shown.build;
      if (moved || told.problem !== shown.live) await swap();
      // The server has waited already, so the page need not.
      if (told.build === main().dataset.build && (moved || Date.now() - began > 500)) pause = 0;
    } catch {
      // The server is restarting; ask again later.
    }
  }
  setTimeout(look, pause);
}

document.addEventListener("ost:stale", () => location.reload());
if (main()?.dataset.live !== undefined) setTimeout(look, 1000);
