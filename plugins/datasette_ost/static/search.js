// Search as you type: fetches the page that the form would lead to, and takes over its results.
// Arrow keys go from the words to the results and back. Without this the form works as any other.
"use strict";
{
  const form = () => document.querySelector(".big-find");
  const input = () => document.getElementById("ost-q");
  const results = () => document.querySelector("[data-results]");
  const entries = () => [...results().querySelectorAll(".hits > li > a, .moment .by > a:last-child")];

  let waiting = 0;
  let running = null;

  function address() {
    const given = new URLSearchParams([...new FormData(form())].filter(([, value]) => value));
    return `${form().action.split("?")[0]}?${given}`;
  }

  async function find() {
    running?.abort();
    running = new AbortController();
    const wanted = address();
    results().setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(wanted, { signal: running.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-results]");
      if (!fresh) return;
      results().replaceWith(document.adoptNode(fresh));
      document.title = page.title;
      history.replaceState(null, "", wanted);
      const many = entries().length;
      document.querySelector("[data-said]").textContent = many ? `${many} found` : "Nothing found";
    } catch (error) {
      if (error.name !== "AbortError") form().submit();
    } finally {
      results().removeAttribute("aria-busy");
    }
  }

  function move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = entries();
    const at = all.indexOf(document.activeElement);
    if (at < 0 && event.target !== input()) return;
    const next = at + step;
    if (at < 0 && step < 0) return;
    event.preventDefault();
    (next < 0 ? input() : all[Math.min(next, all.length - 1)])?.focus();
  }

  // On the document: a live page may have put another field in the place of this one.
  document.addEventListener("input", (event) => {
    if (event.target !== input()) return;
    clearTimeout(waiting);
    waiting = setTimeout(find, 120);
  });
  document.addEventListener("keydown", move);
  if (input() && !input().value) input().focus();
}
