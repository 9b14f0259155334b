// Moves from box to box in the document, and makes it a tree for a screen reader. It knows
// no event and no address.
"use strict";
{
  const items = (root) => root.querySelectorAll("li[data-id]");
  const details = (item) => item.querySelector(":scope > details");
  const inner = (item) => item.querySelector(":scope > details > ul");
  const open = (item) => details(item)?.open ?? false;
  const above = (item) => item.parentElement.closest("li[data-id]");

  function label(item) {
    const box = item.querySelector(":scope > .box");
    const [kind, title] = [box.querySelector(".kind"), box.querySelector(".title")].map((part) => part.textContent.trim());
    const foot = [...box.querySelectorAll(".foot > *")].map((part) => part.textContent.trim());
    return [title.slice(kind.length).trim(), kind.replace(/:$/, ""), ...foot].filter(Boolean).join(", ");
  }

  function equip(root) {
    for (const item of items(root)) {
      if (item.hasAttribute("role")) continue;
      const siblings = item.parentElement.children;
      item.setAttribute("role", "treeitem");
      item.setAttribute("aria-label", label(item));
      item.setAttribute("aria-setsize", siblings.length);
      item.setAttribute("aria-posinset", [].indexOf.call(siblings, item) + 1);
      item.tabIndex = -1;
      item.querySelector(":scope > .box > .title").tabIndex = -1;
      const branch = details(item);
      if (!branch) continue;
      item.setAttribute("aria-expanded", String(branch.open));
      branch.setAttribute("role", "none");
      const summary = branch.firstElementChild;
      summary.tabIndex = -1;
      summary.setAttribute("aria-hidden", "true");
      inner(item)?.setAttribute("role", "group");
    }
  }

  function next(item) {
    if (open(item)) {
      const first = inner(item)?.querySelector(":scope > li");
      if (first) return first;
    }
    for (let each = item; each; each = above(each)) {
      if (each.nextElementSibling) return each.nextElementSibling;
    }
    return null;
  }

  function deepest(item) {
    let each = item;
    while (open(each) && inner(each)?.lastElementChild) each = inner(each).lastElementChild;
    return each;
  }

  function previous(item) {
    return item.previousElementSibling ? deepest(item.previousElementSibling) : above(item);
  }

  // The next box whose title begins with a letter, from the top again after the last.
  function named(item, letter) {
    const starts = (each) => each.querySelector(":scope > .box > .title").lastChild.textContent.trim().toLowerCase().startsWith(letter);
    for (let each = next(item); each; each = next(each)) if (starts(each)) return each;
    for (let each = item.closest("[data-tree]").firstElementChild; each && each !== item; each = next(each)) if (starts(each)) return each;
    return null;
  }

  window.ost ??= {};
  window.ost.walk = { items, details, inner, open, above, equip, next, previous, deepest, named };
}
