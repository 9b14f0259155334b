// The picture as an image: an SVG of the boxes that are open, and a PNG of that.
"use strict";
{
  const PAD = 32;
  const text = (words) => words.replace(/[&<>"]/g, (each) => `&#${each.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  const said = (box, part) => box.querySelector(part)?.textContent.trim().replace(/\s+/g, " ") ?? "";

  function wrapped(pen, words, width, most) {
    const lines = [];
    let line = "";
    for (let word of words.split(/\s+/)) {
      while (pen.measureText(word).width > width) {
        let end = word.length;
        while (end > 1 && pen.measureText(word.slice(0, end)).width > width) end -= 1;
        if (line) lines.push(line);
        lines.push(word.slice(0, end));
        [line, word] = ["", word.slice(end)];
      }
      const longer = line ? `${line} ${word}` : word;
      if (pen.measureText(longer).width <= width) line = longer;
      else { lines.push(line); line = word; }
    }
    if (line) lines.push(line);
    if (lines.length > most) lines.splice(most - 1, lines.length, `${lines[most - 1].slice(0, -1)}…`);
    return lines;
  }

  function outline(node, style) {
    const { x, y, width, height, shape } = node;
    const dash = shape === "dashed" || shape === "note" ? ' stroke-dasharray="5 4"' : "";
    const paint = `fill="${style.fill}" stroke="${style.stroke}" stroke-width="1.5"${dash}`;
    const round = { card: 18, block: 3, pill: 22, note: 18 }[shape] ?? 11;
    const bar = shape === "block" ? `<rect x="${x}" y="${y}" width="5" height="${height}" fill="${style.colour}"/>` : "";
    return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}" ${paint}/>${bar}`;
  }

  function drawn(node, pen, font, parts) {
    const { box } = node;
    const own = getComputedStyle(box);
    const title = getComputedStyle(box.querySelector(".title"));
    const style = { fill: own.backgroundColor, stroke: own.borderTopColor, colour: getComputedStyle(box.querySelector(".kind")).color };
    if (style.stroke === "rgba(0, 0, 0, 0)") style.stroke = style.fill;
    const left = node.x + parseFloat(own.paddingLeft) + parseFloat(own.borderLeftWidth), size = parseFloat(title.fontSize);
    pen.font = `600 ${size}px ${font}`;
    const inner = node.width - parseFloat(own.paddingLeft) - parseFloat(own.paddingRight) - 4;
    const soft = box.querySelector(".foot") ? getComputedStyle(box.querySelector(".foot")).color : title.color;
    parts.push(outline(node, style), `<circle cx="${left + 5}" cy="${node.y + parseFloat(own.paddingTop) + size * 0.7}" r="4" fill="${style.colour}"/>`);
    let y = node.y + parseFloat(own.paddingTop) + size, indent = 15;
    for (const line of wrapped(pen, `${"\u2003"}${box.querySelector(".title").lastChild.textContent.trim()}`, inner, 8)) {
      parts.push(`<text x="${left + indent}" y="${y}" font-size="${size}" font-weight="600" fill="${title.color}">${text(line.trim())}</text>`);
      indent = 0;
      y += size * 1.36;
    }
    const foot = [...box.querySelectorAll(".foot > *")].map((each) => each.textContent.trim().replace(/\s+/g, " ")).join(" · ");
    if (foot) parts.push(`<text x="${left}" y="${Math.min(y + 4, node.y + node.height - 11)}" font-size="12" fill="${soft}">${text(foot)}</text>`);
  }

  function svg() {
    const { top } = window.ost.picture;
    const body = getComputedStyle(document.body), font = body.fontFamily.replaceAll('"', "'");
    const line = body.getPropertyValue("--line").trim();
    const pen = document.createElement("canvas").getContext("2d");
    const lines = [], boxes = [];
    // Boxes far outside the screen are not laid out and have no style to read.
    const off = [...document.querySelectorAll("[data-tree] .off")];
    for (const each of off) each.classList.remove("off");
    const visit = (node) => {
      const joined = node.branch?.querySelector(":scope > svg");
      if (node.children.length && joined) {
        const [rect, ...paths] = joined.children;
        const shelf = node.form === "shelf" ? rect.cloneNode().outerHTML.replace(/ xmlns="[^"]*"/, "") : "";
        lines.push(`<g transform="translate(${node.x} ${node.y})">${shelf}${paths.map((each) => `<path d="${each.getAttribute("d")}"/>`).join("")}</g>`);
      }
      drawn(node, pen, font, boxes);
      node.children.forEach(visit);
    };
    visit(top);
    for (const each of off) each.classList.add("off");
    const [width, height] = [Math.ceil(top.right - top.left + 2 * PAD), Math.ceil(top.bottom + 2 * PAD)];
    const name = text(document.querySelector("h1").textContent.trim());
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${top.left - PAD} ${-PAD} ${width} ${height}" font-family="${text(font)}"><title>${name}</title><rect x="${top.left - PAD}" y="${-PAD}" width="${width}" height="${height}" fill="${body.backgroundColor}"/><g fill="none" stroke="${line}" stroke-width="1.5">${lines.join("")}</g>${boxes.join("")}</svg>`;
  }

  async function png() {
    const source = svg();
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
    await image.decode();
    const scale = Math.min(2, 12000 / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.width * scale, image.height * scale];
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((resolve, refuse) => { canvas.toBlob((made) => (made ? resolve(made) : refuse(new Error("too large"))), "image/png"); });
  }

  function save(blob, ending) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${document.querySelector("[data-tree]").dataset.tree}.${ending}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  window.ost ??= {};
  window.ost.image = {
    svg,
    png,
    saveSvg: () => { save(new Blob([svg()], { type: "image/svg+xml" }), "svg"); return "Saved as SVG"; },
    savePng: async () => { save(await png(), "png"); return "Saved as PNG"; },
    copy: async () => {
      if (!navigator.clipboard?.write) return window.ost.image.savePng();
      await navigator.clipboard.write([new ClipboardItem({ "image/png": png() })]);
      return "Copied";
    },
  };
}
