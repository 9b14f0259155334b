// A recording that is a file: every timestamp on the page plays it from that second, and so does an
// address that ends in #t=754. Without a player such an address leads to the timestamp.

const player = () => document.querySelector("[data-player] :is(audio, video)");
const stamps = () => document.querySelectorAll("#ost-main span.stamp");
const second = (text) => text.trim().split(":").reduce((sum, part) => sum * 60 + Number(part), 0);

function play(at) {
  const found = player();
  if (!found || !Number.isFinite(at)) return;
  found.currentTime = at;
  found.play().catch(() => {});
  if (found.getBoundingClientRect().bottom < 0) found.scrollIntoView({ block: "nearest" });
}

function equip() {
  if (!player()) return;
  for (const each of stamps()) {
    each.tabIndex = 0;
    each.setAttribute("role", "button");
    each.setAttribute("aria-label", `Play from ${each.textContent.trim()}`);
  }
}

function follow() {
  const found = /^#t=(\d{1,6})$/.exec(location.hash);
  if (!found) return;
  if (player()) player().currentTime = Number(found[1]);
  [...stamps()].find((each) => second(each.textContent) === Number(found[1]))?.scrollIntoView({ block: "center" });
}

document.addEventListener("click", (event) => {
  const stamp = event.target.closest?.('span.stamp[role="button"]');
  if (stamp) play(second(stamp.textContent));
});
document.addEventListener("keydown", (event) => {
  if ((event.key !== "Enter" && event.key !== " ") || !event.target.matches?.('span.stamp[role="button"]')) return;
  event.preventDefault();
  play(second(event.target.textContent));
});
document.addEventListener("ost:swapped", equip);
window.addEventListener("hashchange", follow);
equip();
follow();
