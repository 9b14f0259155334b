// The weeks of a tree: the strip, the range and Play lead from week to week. The
// server's answer replaces the page, and boxes move to their new place. With less
// motion, each press goes one week on. Without scripts, the weeks are links and a form.
"use strict";
{
  const PAUSE = 1800;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const find = (what) => document.querySelector(`.when ${what}`);
  const range = () => find("[type=range]");
  const links = () => [...document.querySelectorAll(".pulse a")];
  const saved = () => "saved" in document.getElementById("ost-main").dataset;
  let timer = 0, playing = false;

  function begin() {
    if (!range()) return;
    const button = find("[data-play]");
    if (button) {
      button.hidden = false;
      button.textContent = playing ? "Pause" : calm.matches ? "Next week" : "Play";
    }
    for (const each of document.querySelectorAll("[data-plain]")) each.hidden = true;
  }

  const boxes = () => new Map([...document.querySelectorAll("[data-tree] .box")].filter((each) => each.checkVisibility()).map((each) => [each.parentElement.id, each.getBoundingClientRect()]));

  // Moves boxes from their old places; new boxes appear.
  function move(before) {
    if (calm.matches) return;
    for (const [id, { left, top, width }] of boxes()) {
      const was = before.get(id), box = document.getElementById(id).firstElementChild, scale = width / box.offsetWidth || 1;
      const from = was ? { translate: `${(was.left - left) / scale}px ${(was.top - top) / scale}px` } : { opacity: 0 };
      box.animate([from, {}], { duration: 600, easing: "ease-in-out" });
    }
    for (const each of document.querySelectorAll("[data-tree] .joins")) each.animate([{ opacity: 0 }, { opacity: 0, offset: 0.6 }, {}], 800);
  }

  async function go(week) {
    const where = links()[week]?.href.baseVal;
    if (!where) return;
    const to = new URL(where, location.href);
    if (saved()) {
      if (playing) to.searchParams.set("play", "1");
      location.assign(to);
      return;
    }
    for (const [name, value] of new URLSearchParams(location.search)) if (name === "view" || name === "panel") to.searchParams.set(name, value);
    const [before, held] = [boxes(), document.activeElement?.closest?.(".when [type=range], [data-play]")?.matches("[type=range]")];
    await window.ost.filter.turn(to.href, { push: false, again: true });
    begin();
    if (playing && window.ost.picture.on) window.ost.picture.fit({ smooth: false }, 0.5);
    move(before);
    if (held !== undefined) find(held ? "[type=range]" : "[data-play]").focus();
    const said = find("[data-said]"), text = said.textContent;
    said.textContent = "";
    requestAnimationFrame(() => { said.textContent = text; }); // so that it is read out
  }

  // A box leads to the node's history.
  window.ost.life = async (item, fetched) => {
    if (saved()) throw new Error("no server to ask");
    const title = item.querySelector(":scope > .box > .title");
    const page = await fetched(title.href);
    const [tops, head, link, close] = ["p", "h2", "a", "button"].map((each) => document.createElement(each));
    link.href = title.href;
    link.textContent = page.querySelector("h1").textContent;
    head.append(link);
    Object.assign(close, { type: "button", className: "close", textContent: "×", ariaLabel: "Close" }).dataset.do = "close";
    tops.className = "tops";
    tops.append(page.querySelector(".tops .chip"), close);
    const body = page.createElement("div");
    body.className = "panel-body";
    body.append(tops, head, page.querySelector(".page-head .summary") ?? "", page.querySelector(".story"));
    page.body.replaceChildren(body);
    return page;
  };

  function stop() {
    clearTimeout(timer);
    playing = false;
    begin();
  }

  async function step() {
    const [at, last] = [Number(range().value), Number(range().max)];
    await go(at === last ? 0 : at + 1);
    if (!playing) return;
    if (Number(range().value) === last) stop();
    else timer = setTimeout(step, PAUSE);
  }

  function play() {
    if (playing) { stop(); return; }
    playing = !calm.matches;
    begin();
    step();
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-play]")) { play(); return; }
    const link = event.target.closest?.(".when :is(.pulse, .between) a");
    if (!link || saved() || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    stop();
    const way = link.matches("[rel]") ? Number(range().value) + (link.rel === "next" ? 1 : -1) : links().indexOf(link);
    go(way);
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches?.(".when [type=range]")) return;
    stop();
    go(Number(event.target.value));
  });
  document.addEventListener("ost:swapped", begin);
  begin();
  if (range() && new URLSearchParams(location.search).has("play")) {
    playing = true;
    begin();
    timer = setTimeout(() => (Number(range().value) === Number(range().max) ? stop() : step()), PAUSE);
  }
}
