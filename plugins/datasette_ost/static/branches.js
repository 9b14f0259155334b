// Places boxes below each other and draws the curves between them: sizes in, places out. A node is
// what `picture.js` knows about a box: its size, its children, and its elements.
"use strict";
{
  const X = 24, Y = 56, INDENT = 30, BETWEEN = 16, SHELF = 9, JOIN = 31, WIDE = 3000, FINE = 10, COARSE = 80;
  const FRAME = "http://www.w3.org/2000/svg";

  // Places all below a node. Of what is too wide to be read at once, deep branches are placed one below
  // the other, as many levels of them as let most be seen in a frame; that is asked again when there are
  // many more boxes, or fewer. Gives the first of these levels.
  let deep = Infinity, asked = 0, step = FINE;
  function arrange(top, count = 0) {
    if (count > asked * 0.8 && count < asked * 1.25) { settle(top); return deep; }
    [deep, asked] = [Infinity, count];
    settle(top);
    if (top.right - top.left < WIDE) return deep;
    const levels = (node) => 1 + Math.max(0, ...node.children.map(levels));
    const tried = [Infinity];
    for (let level = levels(top) - 1; level > 0; level -= 1) tried.push(level);
    let best = deep, least = Infinity;
    step = COARSE; // is enough to compare, in a fraction of the time
    for (deep of tried) {
      settle(top);
      const size = Math.max((top.right - top.left) / 2.3, top.bottom);
      if (size < least) [best, least] = [deep, size];
    }
    [deep, step] = [best, FINE];
    settle(top);
    return deep;
  }

  // Where a node's children stand, from the left upper corner of its box; and how far all of it reaches,
  // as a whole and in each of its bands of `step` pixels. Below boxes in a row, rows begin at one height.
  function settle(node, depth = 0, tall = 0) {
    const { width, height, children } = node;
    const open = children.some((each) => each.children.length);
    node.form = !children.length ? "" : children.length >= SHELF ? "shelf" : depth && (depth >= deep || (!open && children.length > 1)) ? "stack" : "row";
    const most = node.form === "row" ? Math.max(...children.map((each) => each.height)) : 0;
    for (const each of children) settle(each, depth + 1, most);
    Object.assign(node, { left: 0, right: width, bottom: height + (node.branch ? 13 : 0), lefts: [], rights: [] });
    cover(node, 0, node.bottom, 0, width);
    if (!children.length) return;
    const y = Math.ceil((Math.max(height, tall) + Y) / step) * step;
    if (node.form === "stack") {
      const begin = (width - Math.max(...children.map((each) => each.right - each.left)) + INDENT) / 2;
      let down = y - 8;
      node.rail = begin - 18;
      for (const each of children) {
        [each.dx, each.dy] = [begin - each.left, down];
        down += each.bottom + BETWEEN;
      }
    } else if (node.form === "row") row(children, y, width / 2);
    else shelf(node, children, y + 14, width / 2);
    for (const each of children) {
      node.left = Math.min(node.left, each.dx + each.left);
      node.right = Math.max(node.right, each.dx + each.right);
      node.bottom = Math.max(node.bottom, each.dy + each.bottom);
    }
    if (node.form === "shelf") { node.left -= 16; node.right += 16; node.bottom += 16; }
    if (node.form !== "row") { cover(node, y - JOIN, node.bottom, node.left, node.right); return; }
    const middles = children.map((each) => each.dx + each.width / 2);
    cover(node, y - JOIN, y, Math.min(...middles), Math.max(...middles));
    for (const { lefts, rights, dx } of children) {
      for (let band = 0; band < lefts.length; band += 1) reach(node, band + y / step, lefts[band] + dx, rights[band] + dx);
    }
  }

  function cover(node, from, to, left, right) {
    for (let band = Math.floor(from / step); band * step < to; band += 1) reach(node, band, left, right);
  }

  // How far it is from the left to the right in a band, where nothing may be as yet.
  function reach({ lefts, rights }, band, left, right) {
    if (left < (lefts[band] ?? Infinity)) lefts[band] = left;
    if (right > (rights[band] ?? -Infinity)) rights[band] = right;
  }

  // Puts each as close as possible to those before it: short branches go beside long ones.
  function row(children, y, middle) {
    const edges = [];
    for (const each of children) {
      const { lefts, rights } = each;
      let dx = edges.length ? -Infinity : 0;
      for (let band = 0; band < lefts.length; band += 1) if (edges[band] + X - lefts[band] > dx) dx = edges[band] + X - lefts[band];
      for (let band = 0; band < rights.length; band += 1) if (dx + rights[band] > (edges[band] ?? -Infinity)) edges[band] = dx + rights[band];
      [each.dx, each.dy] = [dx, y];
    }
    const [first, last] = [children[0], children.at(-1)];
    const ends = (first.dx + first.width / 2 + last.dx + last.width / 2) / 2;
    const near = children.map((each) => each.dx + each.width / 2).find((each) => Math.abs(each - ends) < 40);
    const shift = middle - (near ?? ends);
    for (const each of children) each.dx += shift;
  }

  function shelf(node, children, y, middle) {
    const columns = children.length > 24 ? 6 : 4;
    let line = [], down = y;
    const end = () => {
      if (!line.length) return;
      row(line, down, middle);
      if (!line.some((each) => each.children.length)) {
        const wide = Math.max(...children.map((each) => each.width)) + X;
        line.forEach((each, number) => { each.dx = middle + (number - columns / 2) * wide + X / 2; });
      }
      down += Math.max(...line.map((each) => each.bottom)) + BETWEEN;
      line = [];
    };
    for (const each of children) {
      if (each.right - each.left > 2 * each.width) { end(); line = [each]; end(); continue; }
      line.push(each);
      if (line.length === columns) end();
    }
    end();
    node.shelfTop = y - 16;
  }

  function curves(node) {
    const from = [node.width / 2, node.height + 10];
    const parts = ["", ""];
    if (node.form === "shelf") {
      parts[0] = `M${from}V${node.shelfTop}`;
    } else if (node.form === "stack") {
      const x = node.rail;
      node.children.forEach((each, number) => {
        const y = each.dy + Math.min(30, each.height / 2);
        const begin = `M${from}C${from[0]},${from[1] + 26} ${x},${from[1] + 8} ${x},${from[1] + 34}`;
        parts[strong(each)] += `${number && !strong(each) ? `M${x},${from[1] + 34}` : begin}V${y - 12}Q${x},${y} ${x + 12},${y}H${each.dx}`;
      });
    } else {
      const wide = Math.max(...node.children.map((each) => Math.abs(each.dx + each.width / 2 - from[0]))) > 260;
      for (const each of node.children) {
        const to = [each.dx + each.width / 2, each.dy], across = to[0] - from[0], begin = Math.max(from[1], to[1] - Y + 10);
        const half = (begin + to[1]) / 2, bend = Math.sign(across) * Math.min(18, Math.abs(across) / 2), round = Math.abs(bend);
        parts[strong(each)] += wide && across
          ? `M${from}V${half - round}Q${from[0]},${half} ${from[0] + bend},${half}H${to[0] - bend}Q${to[0]},${half} ${to[0]},${half + round}V${to[1]}`
          : `M${from}V${begin}C${from[0]},${half + 6} ${to[0]},${half - 6} ${to}`;
      }
    }
    return parts;
  }

  const strong = (node) => (node.item.classList.contains("way") ? 1 : 0);

  // Draws the curves to a node's children, unless they are there already.
  function join(node) {
    if (!node.children.length) return;
    let svg = node.branch.querySelector(":scope > svg");
    if (!svg) {
      svg = document.createElementNS(FRAME, "svg");
      svg.setAttribute("class", "joins");
      svg.setAttribute("aria-hidden", "true");
      for (const name of ["rect", "path", "path"]) svg.append(document.createElementNS(FRAME, name));
      node.branch.querySelector(":scope > summary").after(svg);
    }
    const [rect, ...paths] = svg.children;
    const made = curves(node);
    const told = `${made} ${node.left} ${node.right} ${node.bottom}`;
    if (node.told === told && svg === node.svg) return;
    [node.told, node.svg] = [told, svg];
    paths.forEach((each, number) => each.setAttribute("d", made[number] || "M0,0"));
    const size = node.form === "shelf" ? [node.left, node.shelfTop, node.right - node.left, node.bottom - node.shelfTop] : [0, 0, 0, 0];
    ["x", "y", "width", "height"].forEach((name, number) => rect.setAttribute(name, Math.max(size[number], number > 1 ? 0 : -1e6)));
    rect.setAttribute("rx", 18);
  }

  // The largest font size at which the whole title fits the box when zoomed out.
  function lettering({ box, width, height }) {
    const title = box.querySelector(".title").textContent;
    const signs = title.length + 0.8 * (title.match(/[\u1100-\uffef]/g)?.length ?? 0); // these are wide
    for (let size = 19; size > 12; size -= 1) {
      if (Math.ceil((signs + 4) * size * 0.56 / (width - 22)) * size * 1.16 <= height - 14) return size;
    }
    return 12;
  }

  window.ost ??= {};
  window.ost.branches = { arrange, join, lettering };
}
