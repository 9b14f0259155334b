// Mouse, touch and wheel on the picture: a drag moves it, two fingers and Ctrl with the wheel scale it.
// Ignores a click after a drag; when zoomed out, a click goes to the box drawn there.
"use strict";
{
  window.ost.pointer = (frame) => {
    const { picture } = window.ost;
    const pointers = new Map();
    let lifted = false;
    const at = (event) => { const box = frame.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };

    function down(event) {
      if (event.button) return;
      pointers.set(event.pointerId, at(event));
      lifted &&= pointers.size > 1;
      picture.stop();
    }

    // Otherwise the browser looks at each step for selected text and a dragged link.
    function pressed(event) {
      if (!picture.on || event.button) return;
      event.preventDefault();
      if (!frame.contains(document.activeElement)) document.activeElement?.blur();
    }

    function move(event) {
      const was = pointers.get(event.pointerId);
      if (!was) return;
      const is = at(event), by = [is[0] - was[0], is[1] - was[1]];
      if (pointers.size === 1 && !lifted && Math.hypot(...by) < 5) return;
      if (!lifted) { lifted = true; frame.classList.add("held"); }
      frame.setPointerCapture(event.pointerId);
      const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
      pointers.set(event.pointerId, is);
      if (!other) { picture.drag(by); return; }
      const ratio = Math.hypot(is[0] - other[0], is[1] - other[1]) / (Math.hypot(was[0] - other[0], was[1] - other[1]) || 1);
      picture.drag([by[0] / 2, by[1] / 2], ratio, [(is[0] + other[0]) / 2, (is[1] + other[1]) / 2]);
    }

    function up(event) {
      pointers.delete(event.pointerId);
      if (!pointers.size) { frame.classList.remove("held"); setTimeout(() => { lifted = false; }); }
    }

    function wheel(event) {
      const line = event.deltaMode ? 18 : 1;
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        picture.zoom(Math.exp(-Math.max(-60, Math.min(60, event.deltaY * line)) / 150), ...at(event));
        return;
      }
      const [x, y] = event.shiftKey && !event.deltaX ? [event.deltaY, 0] : [event.deltaX, event.shiftKey ? 0 : event.deltaY];
      if (picture.drag([-x * line, -y * line])) event.preventDefault();
    }

    function click(event) {
      const found = lifted ? {} : picture.afar(...at(event));
      if (!found) return;
      event.preventDefault();
      event.stopPropagation();
      if (found.item) picture.centre(found.item);
    }

    const heard = { mousedown: pressed, pointerdown: down, pointermove: move, pointerup: up, pointercancel: up };
    for (const [name, hear] of Object.entries(heard)) frame.addEventListener(name, hear);
    frame.addEventListener("wheel", wheel, { passive: false });
    frame.addEventListener("click", click, true);
  };
}
