// The picture: boxes placed from the top down (`branches.js`), all on one layer that is moved and
// scaled. Only what is near the screen is laid out by the browser; from far away, and on the
// map in the corner, boxes are drawn as coloured rectangles.
"use strict";
{
  const { arrange, join, lettering } = window.ost.branches;
  const MANY = 250, MARGIN = 400, FAR = 0.28, MAP = [176, 84], PINNED = 36;
  const places = new WeakMap();
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const camera = { x: 0, y: 0, k: 1 }, room = { wide: 0, tall: 0 };
  let frame = null, small = null, tree = null, top = null, count = 0, far = false, seen = null, moving = 0, form = 0;

  const place = (item) => {
    let found = places.get(item);
    if (!found) {
      const box = item.querySelector(":scope > .box");
      found = { item, box, branch: item.querySelector(":scope > details"), colour: box.className.match(/(?<!\S)c-(\S+)/)?.[1] ?? "grey", shape: box.dataset.shape ?? "round", width: 0, height: 0, x: NaN, y: NaN, children: [] };
      places.set(item, found);
    }
    return found;
  };

  // The size of the frame, as it is kept: to ask for it makes the browser lay out what has changed.
  const roomy = () => { [room.wide, room.tall] = [frame.clientWidth, frame.clientHeight]; };

  // The open boxes, in document order.
  function gather(item, all) {
    const found = place(item);
    all.push(found);
    found.open = found.branch?.open;
    const list = found.open ? found.branch.querySelector(":scope > ul") : null;
    found.children = list ? [...list.children].map((each) => gather(each, all)) : [];
    return found;
  }

  // Draws paths to the target and to matches in bold.
  function ways() {
    for (const each of tree.querySelectorAll(".way")) each.classList.remove("way");
    const sought = tree.querySelectorAll(tree.dataset.sought ? ".box.hit" : ".box[data-tone=focus]");
    for (const each of [...sought].slice(0, 200)) {
      for (let item = each.parentElement; item && !item.classList.contains("way"); item = item.parentElement.closest("li[data-id]")) item.classList.add("way");
    }
  }

  // A visible box keeps its place on the screen, unless the whole picture is drawn again.
  function layout(keep = null) {
    if (!tree) return;
    const kept = keep && places.get(keep);
    const was = kept && Number.isFinite(kept.x) && !apart(kept, around(0)) ? [kept.x, kept.y] : null;
    const all = [];
    top = gather(tree.firstElementChild, all);
    count = all.length;
    const fresh = all.filter((each) => !each.height);
    if (fresh.length) frame.classList.add("near", "measured");
    // Nodes below an invisible box have no height until it is back.
    const back = new Set();
    for (const each of fresh) for (let item = each.item; item && !back.has(item); item = item.parentElement.closest("li[data-id]")) { item.classList.remove("off"); back.add(item); }
    for (const each of fresh) [each.width, each.height] = [each.box.offsetWidth, each.box.offsetHeight];
    frame.classList.remove("measured"); // nothing is read from here on until what is far is hidden: it would all be laid out again
    for (const each of fresh) for (const [name, size] of [["h", each.height], ["w", each.width], ["far", lettering(each)]]) each.box.style.setProperty(`--${name}`, `${size}px`);
    ways();
    const before = form;
    form = arrange(top, count);
    [top.dx, top.dy] = [0, 0];
    const put = (node, x, y) => {
      if (node.atX !== node.dx || node.atY !== node.dy) {
        node.item.style.translate = `${node.dx}px ${node.dy}px`;
        [node.atX, node.atY] = [node.dx, node.dy];
      }
      [node.x, node.y] = [x, y];
      join(node);
      for (const each of node.children) put(each, x + each.dx, y + each.dy);
    };
    put(top, 0, 0);
    if (was && form === before) { camera.x += (was[0] - kept.x) * camera.k; camera.y += (was[1] - kept.y) * camera.k; }
    look(true);
    map();
    return form !== before;
  }

  // ---- the camera

  function look(all = false) {
    if (!tree) return; // asked for before the list took the picture's place
    tree.style.transform = `translate(${camera.x}px, ${camera.y}px) scale(${camera.k})`;
    frame.classList.toggle("near", camera.k >= 0.55);
    const wasFar = far;
    far = camera.k < FAR;
    frame.classList.toggle("far", far);
    if (all || far !== wasFar || !seen || Math.abs(seen.x - camera.x) + Math.abs(seen.y - camera.y) > MARGIN / 2 || seen.k !== camera.k) {
      seen = { ...camera };
      if (count > MANY || far !== wasFar) cull();
    }
    if (far) fromAfar();
    pin();
    onMap();
  }

  let due = 0;
  const soon = () => { due ||= requestAnimationFrame(() => { due = 0; look(); }); };

  function cull() {
    const view = around(MARGIN / camera.k);
    const held = new Set();
    for (let item = tree.querySelector('li[tabindex="0"]'); item; item = item.parentElement.closest("li[data-id]")) held.add(item);
    const visit = (node) => {
      const off = node !== top && !held.has(node.item) && (far || apart(node, view));
      node.item.classList.toggle("off", off);
      if (!off) node.children.forEach(visit);
    };
    visit(top);
  }

  const around = (more) => ({ left: -camera.x / camera.k - more, top: -camera.y / camera.k - more, right: (room.wide - camera.x) / camera.k + more, bottom: (room.tall - camera.y) / camera.k + more });
  const apart = (node, view) => node.x + node.right < view.left || node.x + node.left > view.right || node.y + node.bottom < view.top || node.y > view.bottom;

  // The height of the frame above a panel that covers it, as on a phone.
  function high() {
    const over = document.querySelector("[data-panel]:not([hidden])");
    if (!over || getComputedStyle(over).position !== "fixed") return room.tall;
    const free = over.getBoundingClientRect().top - frame.getBoundingClientRect().top;
    return Math.max(120, Math.min(room.tall, free));
  }

  // The root never leaves the frame: at the edge, it stays as a line.
  function pin() {
    const { box, width, height } = top, { x, y, k } = camera, edge = 8;
    const [wide, tall] = [room.wide, high()];
    const inside = x >= 0 && y >= 0 && x + width * k <= wide && y + height * k <= tall;
    box.classList.toggle("pinned", !inside);
    if (inside) { box.style.transform = ""; return; }
    const own = Math.min(width, wide - 2 * edge);
    const left = Math.min(wide - edge - own, Math.max(edge, x + (width * k - own) / 2));
    const down = Math.min(tall - edge - PINNED, Math.max(edge, y));
    box.style.setProperty("--wide", `${own}px`);
    box.style.transform = `translate(${(left - x) / k}px, ${(down - y) / k}px) scale(${1 / k})`;
  }

  function bound() {
    const keep = 90, k = camera.k;
    camera.x = Math.min(room.wide - keep - top.left * k, Math.max(keep - top.right * k, camera.x));
    camera.y = Math.min(room.tall - keep, Math.max(keep - top.bottom * k, camera.y));
  }

  function go(x, y, k = camera.k, { smooth = true } = {}) {
    cancelAnimationFrame(moving);
    const from = { ...camera };
    Object.assign(camera, { x, y, k });
    bound();
    const to = { ...camera };
    const screens = Math.hypot(to.x - from.x, to.y - from.y) / (room.wide + room.tall); // each is laid out on the way
    if (!smooth || screens > 1 || still.matches || document.hidden) { look(true); return; }
    const began = performance.now();
    Object.assign(camera, from);
    const step = (now) => {
      const part = Math.min(1, Math.max(0, (now - began) / 180)), eased = 1 - (1 - part) ** 3;
      for (const each of ["x", "y", "k"]) camera[each] = from[each] + (to[each] - from[each]) * eased;
      look(part === 1);
      if (part < 1) moving = requestAnimationFrame(step);
    };
    step(began);
  }

  const scaled = (factor) => Math.min(2.5, Math.max(least(), camera.k * factor));

  function zoom(factor, x = room.wide / 2, y = room.tall / 2, smooth = false) {
    const k = scaled(factor), ratio = k / camera.k;
    go(x - (x - camera.x) * ratio, y - (y - camera.y) * ratio, k, { smooth });
  }

  // Moves the picture as a hand or a wheel does; returns whether it moved.
  function drag(by, factor = 1, [x, y] = [0, 0]) {
    const was = { ...camera };
    camera.k = scaled(factor);
    camera.x = x - (x - was.x) * camera.k / was.k + by[0];
    camera.y = y - (y - was.y) * camera.k / was.k + by[1];
    bound();
    if (was.x === camera.x && was.y === camera.y && was.k === camera.k) return false;
    soon();
    return true;
  }

  const whole = () => Math.min((room.wide - 72) / (top.right - top.left), (room.tall - 72) / top.bottom);
  const least = () => Math.min(0.3, whole());

  function fit(options, lowest = 0) {
    roomy();
    const across = (room.wide - 48) / (top.right - top.left);
    const k = Math.min(1, whole() >= lowest - 0.1 ? whole() : across < lowest && across > lowest - 0.1 ? across : lowest);
    const wide = (top.right - top.left) * k, middle = wide <= room.wide ? top.left + (top.right - top.left) / 2 : top.width / 2;
    const y = lowest ? 34 : Math.max(34, (room.tall - top.bottom * k) / 2.4);
    go(room.wide / 2 - middle * k, y, k, options);
  }

  // A box that has its place; and the frame as it is now.
  function known(item) {
    roomy();
    const node = places.get(item);
    return Number.isFinite(node?.x) ? node : null;
  }

  // The way from the root down to a box, as far as it can be read at once; else as much of it as the
  // root can be seen with.
  function wayTo(item) {
    const node = known(item), wide = room.wide - 48, least = 0.5;
    if (!node) return;
    const [left, right] = [Math.min(0, node.x), Math.max(top.width, node.x + node.width)];
    const k = Math.min(camera.k, wide / (right - left), (room.tall - 62) / (node.y + node.height));
    const begins = node.y * camera.k + camera.y + 60 < room.tall;
    if (k < least || (begins && (right - left) * camera.k <= wide)) { // titles stay 13 px high
      if (begins) aside(node);
      return;
    }
    const inside = camera.x + left * camera.k >= 24 && camera.x + right * camera.k <= wide + 24;
    if (k < camera.k || !inside) go(room.wide / 2 - (left + right) / 2 * k, camera.y, k, { smooth: false });
  }

  // Moves sideways until a box is visible, as long as the root is visible too.
  function aside(node) {
    const at = (x) => 24 - camera.x - x * camera.k, wide = room.wide - 48;
    const by = Math.max(0, at(node.x)) || Math.min(0, wide + at(node.x + node.width));
    go(camera.x + Math.max(at(0), Math.min(wide + at(top.width), by)), camera.y, camera.k, { smooth: false });
  }

  function centre(item, options) {
    const node = known(item);
    if (!node) return;
    const k = Math.max(camera.k, 0.8);
    const y = Math.max(high() / 2.4, PINNED + 24 + node.height / 2 * k); // below the root
    go(room.wide / 2 - (node.x + node.width / 2) * k, y - (node.y + node.height / 2) * k, k, options);
  }

  // The root and a box with its children, all in sight: shrinks no further than can be read. What is
  // too far apart for that shows the box, and the root as the line at the top.
  function together(item, options) {
    const node = known(item);
    if (!node) return;
    const shown = [top, node, ...node.children];
    const left = Math.min(...shown.map((each) => each.x)), right = Math.max(...shown.map((each) => each.x + each.width));
    const low = Math.max(...shown.map((each) => each.y + each.height + (each.branch ? 13 : 0)));
    const [wide, tall] = [room.wide - 48, high() - 56], least = 0.4;
    const k = Math.min(camera.k < least ? 1 : Math.max(camera.k, 0.7), 1, wide / (right - left), tall / low);
    if (k < least) {
      centre(item, options);
      return;
    }
    const middle = (room.wide - (top.left + top.right) * k) / 2;
    const x = Math.min(room.wide - 24 - right * k, Math.max(24 - left * k, middle));
    go(x, Math.max(28, (high() - low * k) / 3), k, options);
  }

  // Moves just enough to show the whole box.
  function reveal(item) {
    const node = known(item);
    if (!node) return;
    if (far) { centre(item, { smooth: false }); return; }
    const edge = 28, k = camera.k, right = room.wide - edge, bottom = high() - edge;
    const least = edge + (node === top ? 0 : PINNED);
    let x = camera.x, y = camera.y;
    const [left, up] = [x + node.x * k, y + node.y * k];
    if (left < edge) x += edge - left; else if (left + node.width * k > right) x += right - left - node.width * k;
    if (up < least) y += least - up; else if (up + node.height * k > bottom) y += bottom - up - node.height * k;
    node.item.classList.remove("off");
    for (let each = item; each; each = each.parentElement.closest("li[data-id]")) each.classList.remove("off");
    if (x !== camera.x || y !== camera.y) go(x, y);
  }

  // ---- drawn small

  let palette = {};
  const colour = (name) => palette[name] ??= getComputedStyle(frame).getPropertyValue(`--${name}`).trim();
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { palette = {}; if (tree) { map(); look(true); } });

  function draw(canvas, at, view) {
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (canvas.width !== width * ratio) canvas.width = width * ratio;
    if (canvas.height !== height * ratio) canvas.height = height * ratio;
    const pen = canvas.getContext("2d");
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.setTransform(at.k * ratio, 0, 0, at.k * ratio, at.x * ratio, at.y * ratio);
    const boxes = {}, lines = new Path2D();
    const visit = (node) => {
      if (view && apart(node, view)) return;
      (boxes[node.colour] ??= new Path2D()).rect(node.x, node.y, node.width, node.height);
      for (const each of node.children) {
        if (node.form !== "shelf") {
          lines.moveTo(node.x + node.width / 2, node.y + node.height);
          lines.lineTo(each.x + each.width / 2, each.y);
        }
        visit(each);
      }
    };
    visit(top);
    pen.lineWidth = Math.max(2, 0.6 / at.k);
    pen.strokeStyle = colour("line");
    pen.stroke(lines);
    for (const [name, path] of Object.entries(boxes)) { pen.fillStyle = colour(name); pen.fill(path); }
  }

  const fromAfar = () => draw(frame.querySelector(".afar"), camera, around(0));

  function corner() {
    const [wide, high] = MAP, k = Math.min((wide - 12) / (top.right - top.left), (high - 12) / top.bottom);
    return { found: small, k, x: (wide - (top.right + top.left) * k) / 2, y: (high - top.bottom * k) / 2 };
  }

  function map() {
    const at = corner();
    at.found.hidden = false;
    draw(at.found.querySelector("canvas"), at);
  }

  function onMap() {
    const at = corner(), view = around(0);
    at.found.hidden = top.left >= view.left && top.right <= view.right && top.bottom <= view.bottom && top.y >= view.top;
    if (at.found.hidden) return;
    const limit = (value, most) => Math.min(most, Math.max(0, value));
    const [left, high] = [limit(view.left * at.k + at.x, MAP[0] - 4), limit(view.top * at.k + at.y, MAP[1] - 4)];
    const shown = at.found.querySelector("i").style;
    shown.translate = `${left}px ${high}px`;
    shown.width = `${limit(view.right * at.k + at.x, MAP[0]) - left}px`;
    shown.height = `${limit(view.bottom * at.k + at.y, MAP[1]) - high}px`;
  }

  function under(x, y) {
    const spot = [(x - camera.x) / camera.k, (y - camera.y) / camera.k];
    const visit = (node) => {
      if (spot[0] < node.x + node.left || spot[0] > node.x + node.right || spot[1] < node.y || spot[1] > node.y + node.bottom) return null;
      if (spot[0] >= node.x && spot[0] <= node.x + node.width && spot[1] <= node.y + node.height) return node;
      for (const each of node.children) { const found = visit(each); if (found) return found; }
      return null;
    };
    return visit(top);
  }

  function chart(event) {
    if (event.buttons !== 1) return;
    const to = corner(), box = to.found.getBoundingClientRect();
    const x = (event.clientX - box.left - to.x) / to.k, y = (event.clientY - box.top - to.y) / to.k;
    event.preventDefault();
    go(room.wide / 2 - x * camera.k, room.tall / 2 - y * camera.k, camera.k, { smooth: false });
  }

  // Searching in the page, or following a link to a box, scrolls the frame: the camera takes that over.
  function scrolled() {
    if (!tree || (!frame.scrollLeft && !frame.scrollTop)) return;
    camera.x -= frame.scrollLeft;
    camera.y -= frame.scrollTop;
    frame.scrollLeft = frame.scrollTop = 0;
    look(true);
  }

  const sizes = new ResizeObserver(() => { if (tree) { roomy(); bound(); look(true); } });

  window.ost.picture = {
    get on() { return tree !== null; },
    get camera() { return { ...camera }; },
    get top() { return top; },
    shows: (item) => places.get(item)?.open === item.querySelector(":scope > details").open,
    mount(list, options = {}) {
      const again = frame !== null && options.again;
      frame = list.closest(".canvas");
      small = document.querySelector(".map");
      tree = list;
      frame.classList.remove("listed");
      frame.classList.add("drawn");
      if (!frame.dataset.heard) {
        frame.dataset.heard = "";
        window.ost.pointer(frame);
        frame.addEventListener("scroll", scrolled);
        for (const name of ["pointerdown", "pointermove"]) small.addEventListener(name, chart);
        sizes.observe(frame);
      }
      layout();
      if (again) { roomy(); look(true); return; }
      fit({ smooth: false }, 0.8); // where titles are 13 px on the screen
      wayTo(tree.querySelector(".box[data-tone=focus]")?.parentElement);
    },
    unmount() {
      if (!tree) return;
      frame.classList.remove("drawn", "far", "near");
      small.hidden = true;
      tree.style.transform = top.box.style.transform = "";
      top.box.classList.remove("pinned");
      for (const each of tree.querySelectorAll(".off")) each.classList.remove("off");
      tree = null;
    },
    stop() { cancelAnimationFrame(moving); },
    // The item at a place of the frame, or none: when zoomed out, there are no boxes to click.
    afar: (x, y) => (far ? { item: under(x, y)?.item } : null),
    still() { frame.scrollLeft = frame.scrollTop = 0; },
    layout, zoom, drag, fit, centre, reveal, together,
    pan: (x, y) => go(camera.x + x, camera.y + y),
    jump(x, y) { camera.x += x; camera.y += y; bound(); look(); },
  };
}
