// Plays a tree through its weeks: the first one whole, then what each later one changed. Who asked
// for less motion gets one week at a press. Without it, the weeks are links.
"use strict";
{
  const PAUSE = 1600;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let timer = 0;

  function make(tag, name, ...inside) {
    const made = document.createElement(tag);
    made.className = name;
    made.append(...inside);
    return made;
  }

  const chip = (mark, said) => make("span", `was was-${mark}`, said);

  function foot({ status, participants: many, against }, { voiced, statuses }) {
    const found = [];
    if (status && !statuses[status]?.usual) {
      const { tone = "plain", title = "" } = statuses[status] ?? {};
      const said = make("span", "status", status);
      said.dataset.tone = tone;
      said.title = title;
      found.push(said);
    }
    if (many) found.push(make("span", `people p${Math.min(many, 5)}`, many, make("span", "hidden", many === 1 ? " person" : " people")));
    else if (voiced) found.push(make("span", "quiet", "no one yet"));
    if (against) found.push(make("span", "contra", `${against} against`));
    return found;
  }

  // Every week's nodes by id, and those that had just left.
  function stands({ tree, weeks }) {
    const made = [{ nodes: new Map(tree.map((node) => [node.id, node])), marks: {}, gone: [] }];
    for (const { nodes, marks, gone } of weeks) {
      const before = made.at(-1).nodes;
      const after = new Map(before);
      for (const id of gone) after.delete(id);
      for (const node of nodes) after.set(node.id, node);
      made.push({ nodes: after, marks, gone: gone.map((id) => before.get(id)) });
    }
    return made;
  }

  function begin() {
    clearInterval(timer);
    const place = document.querySelector("[data-replay]");
    if (!place) return;
    const { replay, days, labels, tallies, kinds, addresses } = JSON.parse(place.dataset.replay);
    const known = stands(replay);
    const [shown, last] = [Number(place.dataset.week), days.length - 1];
    const find = (name) => document.querySelector(`[data-${name}]`);
    const [range, button] = ["[type=range]", "[data-do=play]"].map((each) => place.querySelector(each));
    const ways = [-1, 1].map((step) => [step, place.querySelector(step < 0 ? "[rel=prev]" : "[rel=next]")]).filter((each) => each[1]);
    let at = shown;

    function link(node, name, ...inside) {
      const made = make("a", name, ...inside, node.title);
      made.href = addresses[node.id];
      return made;
    }

    function items({ nodes, marks }, parent) {
      const found = [...nodes.values()].filter((node) => node.parent === parent).sort((one, other) => one.place - other.place);
      return found.map((node) => {
        const said = marks[node.id] ?? [];
        const kind = kinds[node.kind];
        const sign = make("span", "kind", make("span", "hidden", `${node.kind}: `));
        if (kind.glyph) sign.dataset.glyph = kind.glyph;
        const chips = said.map((mark) => chip(mark, labels[mark]));
        const box = make("div", ["box", kind.names, ...said.map((mark) => `was-${mark}`)].join(" "), link(node, "title", sign), make("p", "foot", ...foot(node, kind), ...chips));
        const below = items({ nodes, marks }, node.id);
        const made = make("li", "", box, ...(below.length ? [make("ul", "", ...below)] : []));
        made.id = made.dataset.id = node.id;
        return made;
      });
    }

    const boxes = () => new Map([...find("then").querySelectorAll(".box")].map((box) => [box.parentElement.id, box.getBoundingClientRect()]));

    function move(before) {
      for (const [id, { left, top }] of boxes()) {
        const was = before.get(id);
        const from = was ? { translate: `${was.left - left}px ${was.top - top}px` } : { opacity: 0 };
        document.getElementById(id).firstChild.animate([from, {}], { duration: 500, easing: "ease-out" });
      }
    }

    function go(week) {
      at = Math.max(0, Math.min(last, week));
      const [frame, stand, before] = [at ? replay.weeks[at - 1] : replay, known[at], boxes()];
      find("then").replaceChildren(...items(stand, ""));
      if (!calm) move(before);
      for (const [name, said] of [["day", days[at]], ["known", frame.known], ["spoken", frame.spoken], ["said", frame.said]]) find(name).textContent = said;
      for (const each of document.querySelectorAll("[data-only]")) each.hidden = at !== shown;
      find("tally").replaceChildren(...tallies[at].map((each) => chip(...each)));
      find("gone").replaceChildren(...stand.gone.map((node) => link(node, `mention ${kinds[node.kind].names} was-gone`)));
      range.value = at;
      place.querySelectorAll(".bar").forEach((bar, number) => bar.classList.toggle("now", number === at));
      for (const [step, way] of ways) {
        const day = days[at + step];
        way.hidden = !day;
        way.textContent = step < 0 ? `‹ ${day}` : `${day} ›`;
      }
      if (find("base")) history.replaceState(null, "", `?on=${frame.on}`);
    }

    function stop() {
      clearInterval(timer);
      timer = 0;
      button.textContent = calm ? "Next week" : "Play";
    }

    function play() {
      if (timer) return stop();
      go(at === last ? 0 : at + 1);
      if (calm) return;
      button.textContent = "Pause";
      timer = setInterval(() => (at === last ? stop() : go(at + 1)), PAUSE);
    }

    function to(week) {
      stop();
      go(week);
    }

    stop();
    button.hidden = false;
    for (const each of place.querySelectorAll("button:not([type])")) each.hidden = true;
    button.addEventListener("click", play);
    range.addEventListener("input", () => to(Number(range.value)));
    for (const [step, way] of ways) {
      way.addEventListener("click", (event) => {
        event.preventDefault();
        to(at + step);
      });
    }
  }

  document.addEventListener("ost:swapped", begin);
  begin();
}
