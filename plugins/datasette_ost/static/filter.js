// The filter of the tree, and the page's address, which holds the filter, the view and
// the open panel. The server's answer replaces the page.
"use strict";
{
  const main = () => document.getElementById("ost-main");
  const saved = () => "saved" in main().dataset;
  const asked = () => new URLSearchParams(location.search);
  let sent = location.search; // of the answer that is shown

  function address(change) {
    const to = asked();
    for (const [name, value] of Object.entries(change)) if (value) to.set(name, value); else to.delete(name);
    const query = String(to);
    const place = `${location.pathname}${query ? `?${query}` : ""}${location.hash}`;
    try { history.replaceState(history.state, "", place); } catch { if (change.view) location.assign(place); } // not from every disk
    sent = location.search;
  }

  async function fetched(where) {
    const answer = await fetch(where, { headers: { accept: "text/html" } });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  // The server's answer replaces the page.
  let turning = 0;
  async function turn(where, { push = true, again = false } = {}) {
    const mine = turning += 1;
    const held = document.activeElement?.name;
    try {
      const page = await fetched(where);
      if (mine !== turning) return;
      const fresh = page.getElementById("ost-main");
      const wasOpen = document.querySelector(".filter details")?.open;
      if (push) history.pushState(null, "", where);
      else if (sent === location.search) history.replaceState(history.state, "", where);
      sent = location.search;
      main().replaceWith(document.adoptNode(fresh));
      if (wasOpen) document.querySelector(".filter details").open = true;
      if (again) window.ost.tree.mount(true); else seen();
      if (held) {
        const field = document.querySelector(`.filter [name="${CSS.escape(held)}"]`);
        field?.focus();
        if (field?.type === "search") field.setSelectionRange(field.value.length, field.value.length);
      }
    } catch {
      location.assign(where);
    }
  }

  function seen() {
    window.ost.tree.mount();
    const first = document.querySelector("[data-tree] .box.hit");
    if (first) window.ost.tree.centre(first.parentElement);
  }

  function send(form, push = true) {
    clearTimeout(typing);
    const to = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) to.set(name, value);
    for (const name of ["view", "panel"]) if (asked().get(name)) to.set(name, asked().get(name));
    if (saved()) { address(window.ost.sifted(to)); window.ost.sift(to).then(seen); return; }
    const query = String(to);
    turn(`${location.pathname}${query ? `?${query}` : ""}`, { push });
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".filter")) return;
    event.preventDefault();
    send(event.target);
  });
  let typing = 0;
  document.addEventListener("input", (event) => {
    const form = event.target.type === "search" && event.target.closest?.(".filter");
    if (!form) return;
    clearTimeout(typing);
    typing = setTimeout(() => send(form, false), 250);
  });
  document.addEventListener("change", (event) => { const form = event.target.type !== "search" && event.target.closest?.(".filter"); if (form) send(form); });
  window.addEventListener("popstate", () => { if (!saved() && location.search !== sent) turn(location.href, { push: false }); });
  document.addEventListener("click", (event) => {
    const apart = !saved() && event.target.closest?.(".filter a");
    if (!apart || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    turn(apart.href);
  });

  window.ost.filter = { saved, asked, address, fetched, turn };
}
