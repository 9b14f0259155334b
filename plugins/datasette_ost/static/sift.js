// The filter and the panel of a saved tree. From a disk a page may load scripts, but no data: a node's
// panel is a script beside its page, and what the filter asks of nodes is one script for all.
"use strict";
{
  window.ost ??= {};
  ost.parts = {};
  const all = new URL("nodes.js", document.currentScript.src).href;
  const whole = document.querySelector("[data-tree]").cloneNode(true);
  const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]/;
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const NAMES = ["q", "kind", "status", "segment", "since", "until", "rule"], OPEN = 60;

  const form = document.querySelector(".filter"), shared = new URLSearchParams(location.search);
  if (NAMES.some((name) => shared.get(name))) {
    for (const field of form.elements) if (field.type === "checkbox") field.checked = shared.has(field.name); else if (field.name) field.value = shared.get(field.name) ?? "";
    addEventListener("DOMContentLoaded", () => form.requestSubmit());
  }

  const load = (src) => new Promise((done, failed) => {
    const script = Object.assign(document.createElement("script"), { src, onload: done, onerror: failed });
    document.head.append(script);
    script.remove();
  });

  // Matches as the server does: each word starts a word, or is inside the title or the id.
  function says(id, title, text, query) {
    const named = plain(`${id} ${title}`), begun = ` ${plain(`${id} ${title} ${text}`).replace(/[^\p{L}\p{N}]+/gu, " ")}`;
    return plain(query).split(/\s+/).filter(Boolean).every((word) => begun.includes(` ${word}`)
      || ((word.length > 2 || UNSPACED.test(word)) && named.includes(word)) || (UNSPACED.test(word) && plain(text).includes(word)));
  }

  function matches(id, given) {
    const [kind, status, title, text, rules, waived, heard] = ost.nodes[id];
    const { q, segment, since, until, rule } = given;
    return (!q || says(id, title, text, q)) && (!given.kind || given.kind === kind) && (!given.status || given.status === status)
      && (!(segment || since || until) || heard.some(([who, day]) => (!segment || who === segment) && (!since || day >= since) && (!until || (day && day <= until))))
      && (!rule || (rule === "waived" ? waived > 0 : rule === "any" ? rules.length > 0 : rules.includes(rule)));
  }

  ost.sifted = (given) => Object.fromEntries([...NAMES, "only"].map((name) => [name, given.get(name)]));

  // Replaces the shown tree by the saved one, with matches marked.
  ost.sift = async (given) => {
    const asked = Object.fromEntries(NAMES.map((name) => [name, given.get(name) ?? ""]));
    const any = NAMES.some((name) => asked[name]);
    if (any && !ost.nodes) await load(all);
    const fresh = whole.cloneNode(true), keep = new Set();
    const hits = any ? [...fresh.querySelectorAll("li[data-id]")].filter((item) => matches(item.dataset.id, asked)) : [];
    hits.forEach((item, number) => {
      item.querySelector(":scope > .box").classList.add("hit");
      for (let each = item; each; each = each.parentElement.closest("li[data-id]")) {
        keep.add(each);
        if (each !== item && number < OPEN) each.querySelector(":scope > details").open = true;
      }
    });
    if (any) { fresh.classList.add("sought"); fresh.dataset.sought = "1"; }
    if (any && given.get("only") && hits.length) for (const each of fresh.querySelectorAll("li[data-id]")) if (!keep.has(each)) each.remove();
    document.querySelector("[data-tree]").replaceWith(fresh);
    const tally = document.querySelector("[data-tally]");
    tally.hidden = !any;
    tally.querySelector("b").textContent = hits.length.toLocaleString("en");
  };

  ost.part = async (page) => {
    const id = page.closest("li[data-id]").dataset.id;
    if (!ost.parts[id]) await load(page.href.replace(/\/node\/([^/]+)\.html$/, "/panel/$1.js"));
    return new DOMParser().parseFromString(ost.parts[id], "text/html");
  };
}
