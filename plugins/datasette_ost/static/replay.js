// Plays a tree through its weeks: the first week whole, then what each later one changed. Who asked
// for less motion gets one week at a press. Without it, the weeks are links.
"use strict";
{
  const PAUSE = 1600;
  const USUAL = ["open", "active", "idea"];
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let timer = 0;

  function make(tag, name, text) {
    const made = document.createElement(tag);
    made.className = name;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function people(many) {
    const made = make("span", `people p${Math.min(many, 5)}`, many);
    made.append(make("span", "hidden", many === 1 ? " person" : " people"));
    return made;
  }

  // Every week's nodes by id, and those that had just left.
  function weeks({ tree, weeks }) {
    const made = [{ nodes: new Map(tree.map((each) => [each.id, each])), marks: {}, gone: [] }];
    for (const week of weeks) {
      const before = made.at(-1).nodes;
      const nodes = new Map(before);
      week.gone.forEach((id) => nodes.delete(id));
      week.nodes.forEach((each) => nodes.set(each.id, each));
      made.push({ nodes, marks: week.marks, gone: week.gone.map((id) => before.get(id)) });
    }
    return made;
  }

  function begin() {
    clearInterval(timer);
    const place = document.querySelector("[data-replay]");
    if (!place) return;
    const { replay, days, labels, tallies, addresses } = JSON.parse(place.dataset.replay);
    const frames = [replay, ...replay.weeks];
    const known = weeks(replay);
    const shown = Number(place.dataset.week);
    const main = document.getElementById("ost-main");
    const find = (name) => main.querySelector(`[data-${name}]`);
    const [range, button] = [place.querySelector("[type=range]"), place.querySelector("[data-do=play]")];
    const ways = { prev: place.querySelector("[rel=prev]"), next: place.querySelector("[rel=next]") };
    let at = shown;

    function box(node, marks) {
      const made = make("div", `box k-${node.kind} s-${node.status}${marks.map((each) => ` was-${each}`).join("")}`);
      const [title, foot] = [make("a", "title"), make("p", "foot")];
      title.href = addresses[node.id];
      const kind = make("span", "kind");
      kind.append(make("span", "hidden", `${node.kind}: `));
      title.append(kind, node.title);
      if (node.status && !USUAL.includes(node.status)) foot.append(make("span", `status s-${node.status}`, node.status));
      if (node.participants) foot.append(people(node.participants));
      else if (node.kind === "opportunity") foot.append(make("span", "quiet", "no one yet"));
      if (node.against) foot.append(make("span", "contra", `${node.against} against`));
      for (const each of marks) foot.append(make("span", `was was-${each}`, labels[each]));
      made.append(title, foot);
      return made;
    }

    function draw({ nodes, marks }) {
      const below = new Map();
      for (const each of nodes.values()) below.set(each.parent, [...(below.get(each.parent) ?? []), each]);
      const item = (node) => {
        const made = document.createElement("li");
        made.id = made.dataset.id = node.id;
        made.append(box(node, marks[node.id] ?? []));
        const inner = (below.get(node.id) ?? []).sort((one, other) => one.place - other.place);
        if (inner.length) made.append(make("ul", ""));
        inner.forEach((each) => made.lastChild.append(item(each)));
        return made;
      };
      return (below.get("") ?? []).map(item);
    }

    const places = () => new Map([...find("then").querySelectorAll("li")].map((each) => [each.dataset.id, each.firstChild.getBoundingClientRect()]));

    function go(week) {
      at = Math.max(0, Math.min(frames.length - 1, week));
      const [frame, stand, before] = [frames[at], known[at], places()];
      find("then").replaceChildren(...draw(stand));
      if (!calm.matches) {
        for (const [id, now] of places()) {
          const was = before.get(id);
          const from = was ? { translate: `${was.left - now.left}px ${was.top - now.top}px` } : { opacity: 0 };
          document.getElementById(id).firstChild.animate([from, {}], { duration: 500, easing: "ease-out" });
        }
      }
      find("day").textContent = days[at];
      find("known").textContent = frame.known;
      find("spoken").textContent = frame.spoken;
      find("said").textContent = frame.said;
      for (const each of main.querySelectorAll("[data-only]")) each.hidden = at !== shown;
      const said = Object.entries(tallies).map(([mark, label]) => {
        const many = Object.values(stand.marks).filter((each) => each.includes(mark)).length;
        return many ? make("span", `was was-${mark}`, `${many} ${label}`) : "";
      });
      if (stand.gone.length) said.push(make("span", "was was-gone", `${stand.gone.length} gone`));
      find("tally").replaceChildren(...said);
      find("gone").hidden = !stand.gone.length;
      find("gone").replaceChildren(...stand.gone.map((each) => {
        const made = make("a", `mention k-${each.kind} was-gone`, each.title);
        made.href = addresses[each.id];
        return made;
      }));
      range.value = at;
      place.querySelectorAll(".bar").forEach((each, number) => each.classList.toggle("now", number === at));
      for (const [name, way] of Object.entries(ways)) if (way) way.hidden = name === "prev" ? !at : at === frames.length - 1;
      if ("base" in main.dataset) window.history.replaceState(null, "", `?on=${frame.on}`);
    }

    function stop() {
      clearInterval(timer);
      timer = 0;
      button.textContent = calm.matches ? "Next week" : "Play";
    }

    function play() {
      if (timer) return stop();
      go(at === frames.length - 1 ? 0 : at + 1);
      if (calm.matches) return;
      button.textContent = "Pause";
      timer = setInterval(() => (at === frames.length - 1 ? stop() : go(at + 1)), PAUSE);
    }

    stop();
    button.hidden = false;
    button.addEventListener("click", play);
    const show = place.querySelector("button:not([type])");
    if (show) show.hidden = true;
    range.addEventListener("input", () => {
      stop();
      go(Number(range.value));
    });
    for (const [name, way] of Object.entries(ways)) {
      way?.addEventListener("click", (event) => {
        event.preventDefault();
        stop();
        go(at + (name === "prev" ? -1 : 1));
      });
    }
  }

  document.addEventListener("ost:swapped", begin);
  begin();
}
