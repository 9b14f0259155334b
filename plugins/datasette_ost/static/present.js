// Keys for slides: arrows, space and Page keys change the slide, Home and End go to the ends, F
// fills the screen. Without this the slides are one long page with anchors.
"use strict";
{
  const main = () => document.getElementById("ost-main");
  const slides = () => [...document.querySelectorAll(".slide")];
  const STEPS = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Home: -Infinity, End: Infinity };

  function current() {
    const middle = innerHeight / 2;
    return slides().findLastIndex((each) => each.getBoundingClientRect().top <= middle);
  }

  function mark(at = current()) {
    document.querySelectorAll("[data-slide]").forEach((each, number) => {
      if (number === at) each.setAttribute("aria-current", "true"); else each.removeAttribute("aria-current");
    });
  }

  function go(step) {
    const all = slides();
    const at = Math.max(0, Math.min(all.length - 1, current() + step));
    all[at].scrollIntoView({ block: "start", behavior: "instant" });
    all[at].focus({ preventScroll: true });
    history.replaceState(history.state, "", `#${all[at].id}`);
    mark(at);
  }

  const full = () => (document.fullscreenElement ? document.exitFullscreen() : main().requestFullscreen());

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest?.("input, select, textarea")) return;
    if (event.key === " " && event.target.closest?.("a, button, summary")) return;
    const step = event.key === " " && event.shiftKey ? -1 : STEPS[event.key];
    if (step && slides().length) { event.preventDefault(); go(step); }
    if (event.key === "f" && slides().length) full();
  });
  document.addEventListener("click", (event) => { if (event.target.closest?.("[data-full]")) full(); });
  const equip = () => { for (const each of document.querySelectorAll("[data-full]")) each.hidden = !document.fullscreenEnabled; mark(); };
  document.addEventListener("scroll", () => mark(), { passive: true, capture: true });
  document.addEventListener("ost:swapped", equip);
  equip();
}
