// Every timestamp on the page plays its recording from that second, and so does an address that ends
// in #t=754: a file in our player, or a recording at another host in that host's player, which is
// not contacted before. Without a player, the address leads to the timestamp.
"use strict";
{
  const place = () => document.querySelector("[data-player]");
  const player = () => place()?.querySelector("audio, video");
  const stamps = () => [...document.querySelectorAll("#ost-main .stamp")].filter((each) => Number.isFinite(second(each.textContent)));
  const second = (text) => text.trim().split(":").reduce((sum, part) => sum * 60 + Number(part), 0);

  function frame(at) {
    const made = place().querySelector("iframe") ?? document.createElement("iframe");
    made.title = "Recording";
    made.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
    made.referrerPolicy = "strict-origin-when-cross-origin";
    made.setAttribute("sandbox", "allow-scripts allow-same-origin allow-presentation allow-popups");
    made.src = place().dataset.at.replace("{}", at);
    place().hidden = false;
    place().append(made);
  }

  function play(at) {
    if (place().dataset.at) frame(at);
    else {
      player().currentTime = at;
      player().play().catch(() => {});
    }
    if (place().getBoundingClientRect().bottom < 0) place().scrollIntoView({ block: "nearest" });
  }

  function equip() {
    if (!place()) return;
    for (const each of stamps()) {
      each.setAttribute("aria-label", `Play from ${each.textContent.trim()}`);
      if (each.localName === "a") continue;
      each.tabIndex = 0;
      each.setAttribute("role", "button");
    }
  }

  function follow() {
    const found = /^#t=(\d{1,6})$/.exec(location.hash);
    if (!found) return;
    if (player()) player().currentTime = Number(found[1]);
    if (document.getElementById(location.hash.slice(1))) return; // the transcript has it
    stamps().find((each) => second(each.textContent) === Number(found[1]))?.scrollIntoView({ block: "center" });
  }

  const pressed = (event) => {
    const stamp = event.target.closest?.("#ost-main .stamp");
    return stamp && place() && !(event.ctrlKey || event.metaKey || event.shiftKey) && stamps().includes(stamp) ? stamp : null;
  };
  document.addEventListener("click", (event) => {
    const stamp = pressed(event);
    if (!stamp) return;
    if (!stamp.hash || stamp.host !== location.host) event.preventDefault(); // else also its place in the transcript
    play(second(stamp.textContent));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    const stamp = pressed(event);
    if (!stamp || stamp.localName === "a") return;
    event.preventDefault();
    play(second(stamp.textContent));
  });
  document.addEventListener("ost:swapped", equip);
  window.addEventListener("hashchange", follow);
  equip();
  follow();
}
