// Search in saved pages. `found.js` holds all data: of each node its kind, title, status, the
// beginning of its text, the other words of the text, id and address. All words must occur; the
// start of a word is enough. Titles come before texts.
"use strict";
{
  const FEW = 60, UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]/;
  const { nodes, said, kinds: known, tones } = window.ostFound;
  const input = document.getElementById("ost-q"), results = document.querySelector("[data-results]");
  const given = new URLSearchParams(location.search);
  let kind = given.get("kind") ?? "";
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const folded = new Map();
  const label = (kind) => (known[kind]?.[0] ?? kind).replace(/^./u, (first) => first.toUpperCase());
  const fold = (text) => { if (!folded.has(text)) folded.set(text, ` ${plain(text).replace(/[^\p{L}\p{N}]+/gu, " ")}`); return folded.get(text); };

  function made(name, attributes, ...inside) {
    const element = document.createElement(name);
    for (const [each, value] of Object.entries(attributes)) element.setAttribute(each, value);
    element.append(...inside.filter((each) => each !== ""));
    return element;
  }

  // The text with matches marked; of a long text, the surroundings of the first match.
  function marked(text, words, most = 1000) {
    const piece = document.createDocumentFragment();
    const lower = plain(text).length === text.length ? plain(text) : text.toLowerCase();
    const first = Math.max(0, Math.min(...words.map((each) => lower.indexOf(each)).filter((each) => each >= 0), text.length));
    const from = first > most / 3 && first < text.length ? text.lastIndexOf(" ", first - most / 5) + 1 : 0;
    if (from) piece.append("…");
    let at = from;
    const end = Math.min(text.length, from + most);
    while (at < end) {
      const [start, word] = words.map((each) => [lower.indexOf(each, at), each]).filter(([place]) => place >= 0 && place < end).sort(([one], [other]) => one - other)[0] ?? [end, ""];
      piece.append(text.slice(at, start));
      if (word) piece.append(made("mark", {}, text.slice(start, start + word.length)));
      at = start + word.length || end;
      if (!word) break;
    }
    if (end < text.length) piece.append("…");
    return piece;
  }

  // The attributes of an element that is about a kind.
  function look(kind, form) {
    const [, colour, icon, glyph] = known[kind] ?? ["", "grey", null, "?"];
    return { class: `${form} k-${kind} c-${colour}${icon ? ` i-${icon}` : ""}`, ...(icon ? {} : { "data-glyph": glyph }) };
  }

  function find() {
    const words = plain(input.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    const inside = (each) => each.length > 2 || UNSPACED.test(each);
    const has = (text, named = "") => words.every((each) => fold(text).includes(` ${each}`) || (UNSPACED.test(each) && plain(text).includes(each)) || (inside(each) && plain(named).includes(each)));
    results.replaceChildren();
    if (!words.length && !kind) return;
    const hits = nodes.filter((each) => has(`${each[1]} ${each[3]} ${each[4]}`, `${each[1]} ${each[5]}`));
    const kinds = new Map();
    for (const each of hits) kinds.set(each[0], (kinds.get(each[0]) ?? 0) + 1);
    const shown = hits.filter((each) => !kind || each[0] === kind).sort((one, other) => has(other[1]) - has(one[1]));
    const heard = words.length && !kind ? said.filter((each) => has(each[0])) : [];
    const choice = (value, label, many) => made("li", {}, made("a", { href: "#", "data-kind": value, ...(value ? look(value, "chip") : {}), ...(value === kind ? { "aria-current": "true" } : {}) }, `${label} `, made("span", { class: "number" }, String(many))));
    if (kinds.size) results.append(made("ul", { class: "choices", "aria-label": "Kinds" }, choice("", "Everything", hits.length), ...[...kinds].map(([each, many]) => choice(each, label(each), many))));
    if (!shown.length && !heard.length) {
      results.append(made("section", { class: "empty" }, made("p", {}, made("b", {}, `Nothing found for “${input.value}”.`)), made("p", {}, "Try fewer words, or the beginning of one.")));
    }
    const columns = made("div", shown.length && heard.length ? { class: "columns" } : {});
    if (shown.length) {
      const list = shown.slice(0, words.length ? FEW : 2000).map(([of, title, status, text, , , where]) => made("li", {}, made("a", { ...look(of, "mention"), href: where }, marked(title, words)), ...(status ? [" ", made("span", { class: "status", "data-tone": tones[of]?.[status] ?? "plain" }, status)] : []), words.length && text ? made("p", { class: "found" }, marked(text, words, 180)) : ""));
      columns.append(made("section", {}, made("h2", {}, "Nodes ", made("span", { class: "number" }, String(shown.length))), made("ul", { class: "rows hits" }, ...list)));
    }
    if (heard.length) {
      const list = heard.slice(0, FEW).map(([text, who, title, where]) => made("li", { class: "moment" }, made("blockquote", {}, made("q", {}, marked(text, words))), made("p", { class: "by" }, who ? made("b", {}, who) : "", made("a", { href: where }, title))));
      columns.append(made("section", {}, made("h2", {}, "What people said ", made("span", { class: "number" }, String(heard.length))), made("ul", { class: "moments" }, ...list)));
    }
    results.append(columns);
    document.querySelector("[data-said]").textContent = shown.length + heard.length ? `${shown.length + heard.length} found` : "Nothing found";
  }

  input.value = given.get("q") ?? "";
  input.addEventListener("input", find);
  input.form.addEventListener("submit", (event) => { event.preventDefault(); find(); });
  results.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-kind]");
    if (!chosen) return;
    event.preventDefault();
    kind = chosen.dataset.kind;
    find();
  });
  find();
  if (!input.value) input.focus();
}
