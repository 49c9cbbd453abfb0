// Puts the rows of a table in another order by their grips (`data-grip`): dragged with mouse, pen or finger, or moved by
// one place with the arrow keys. What changes is told; the rows themselves come anew from who was told.
import { createElement as h, useEffect, useRef } from "react";

const EDGE = 72; // pixels from the edge of the window at which a dragged row makes the page scroll
const SPEED = 10; // pixels per frame
const PATIENCE = 1500; // milliseconds until rows go back when nobody puts them in their new order

const rowsAround = (row) => [...row.parentElement.children];

class Drag {
  constructor(grip, event) {
    this.id = grip.dataset.grip;
    this.row = grip.closest("tr");
    this.rows = rowsAround(this.row);
    this.from = this.to = this.rows.indexOf(this.row);
    this.boxes = this.rows.map((row) => row.getBoundingClientRect()).map(({ top, height }) => ({
      top: top + window.scrollY,
      height,
    }));
    this.pointer = event.pointerId;
    this.start = event.clientY + window.scrollY;
    this.y = event.clientY;
    this.body = this.row.parentElement;
    this.body.dataset.moving = "";
    this.row.dataset.held = "";
    // Whoever changes the rows meanwhile, the server or somebody else, ends the drag.
    this.observer = new MutationObserver(() => this.clear());
    this.observer.observe(this.body, { childList: true });
    this.frame = requestAnimationFrame(() => this.scroll());
  }

  moveTo(y) {
    this.y = y;
    const { boxes, from } = this;
    const own = boxes[from];
    const last = boxes[boxes.length - 1];
    const wished = y + window.scrollY - this.start;
    const way = Math.min(Math.max(wished, boxes[0].top - own.top), last.top + last.height - own.top - own.height);
    // A row gives way once the dragged one covers half of it.
    const middles = boxes.map((box) => box.top + box.height / 2);
    const passed = middles.filter((middle, place) => place > from && middle < own.top + own.height + way).length;
    const reached = middles.filter((middle, place) => place < from && middle > own.top + way).length;
    this.to = from + passed - reached;
    this.rows.forEach((row, place) => {
      const makesRoom = place > from && place <= this.to ? -1 : place < from && place >= this.to ? 1 : 0;
      row.style.transform = `translateY(${place === from ? way : makesRoom * own.height}px)`;
    });
  }

  scroll() {
    const [first, last, end] = [this.boxes[0], this.boxes[this.boxes.length - 1], window.innerHeight - EDGE];
    const hasMoreAbove = first.top - window.scrollY < EDGE;
    const hasMoreBelow = last.top + last.height - window.scrollY > end;
    const step = this.y < EDGE && hasMoreAbove ? -SPEED : this.y > end && hasMoreBelow ? SPEED : 0;
    if (step) {
      window.scrollBy(0, step);
      this.moveTo(this.y);
    }
    this.frame = requestAnimationFrame(() => this.scroll());
  }

  // Rows stay where they were dropped until they really stand there, so that nothing jumps back and forth.
  drop() {
    cancelAnimationFrame(this.frame);
    if (this.to === this.from) return this.clear();
    this.waiting = setTimeout(() => this.clear(), PATIENCE);
  }

  clear() {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.waiting);
    this.observer.disconnect();
    delete this.body.dataset.moving;
    delete this.row.dataset.held;
    this.rows.forEach((row) => (row.style.transform = ""));
    this.isOver = true;
  }
}

export function Reorder({ onPut, onMove, children, ...props }) {
  const drag = useRef(null);
  useEffect(() => () => drag.current?.clear(), []);
  const held = (event) => (drag.current?.pointer === event.pointerId && !drag.current.isOver ? drag.current : null);
  const take = (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button !== 0) return;
    event.preventDefault();
    grip.focus();
    grip.setPointerCapture(event.pointerId);
    drag.current?.clear();
    drag.current = new Drag(grip, event);
  };
  const drop = (event) => {
    const one = held(event);
    if (!one) return;
    one.pointer = null;
    one.drop();
    if (one.to !== one.from) onPut(one.id, one.to);
  };
  const press = (event) => {
    if (event.key === "Escape" && drag.current && drag.current.pointer !== null && !drag.current.isOver) {
      event.preventDefault();
      drag.current.pointer = null;
      return drag.current.clear();
    }
    const grip = event.target.closest("[data-grip]");
    if (!grip || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    onMove(grip.dataset.grip, event.key === "ArrowUp");
  };
  const handlers = {
    onPointerDown: take,
    onPointerMove: (event) => held(event)?.moveTo(event.clientY),
    onPointerUp: drop,
    onPointerCancel: (event) => held(event)?.clear(),
    onKeyDown: press,
  };
  return h("div", { ...props, ...handlers }, children);
}
