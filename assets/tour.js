/* Puts a step of the guided tour beside what it speaks of: there it can be read, left and gone through by keyboard. */
import { createElement, useEffect, useLayoutEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { useLocation } from "react-router";

const GAP = 12;
const AIR = 8;
const KEYS = { ArrowRight: "next", ArrowLeft: "back", Escape: "skip" };
const RING = {
  position: "fixed",
  zIndex: 4,
  pointerEvents: "none",
  borderRadius: "var(--radius-4)",
  boxShadow: "0 0 0 2px var(--accent-9), 0 0 0 6px var(--accent-a5)",
};

// The first of the elements that is on the page and has a size.
const found = (selectors) =>
  selectors.map((one) => document.querySelector(one)).find((one) => one && one.getBoundingClientRect().height > 0);

const place = (card, ring, target) => {
  const { innerWidth: width, innerHeight: height } = window;
  const box = target.getBoundingClientRect();
  const below = box.bottom + GAP + card.offsetHeight + AIR <= height;
  const above = box.top - GAP - card.offsetHeight;
  const top = below ? box.bottom + GAP : Math.max(AIR, Math.min(above, height - card.offsetHeight - AIR));
  const left = Math.max(AIR, Math.min(box.left, width - card.offsetWidth - AIR));
  Object.assign(card.style, { top: `${top}px`, left: `${left}px` });
  Object.assign(ring.style, {
    top: `${box.top - 4}px`,
    left: `${box.left - 4}px`,
    width: `${box.width + 8}px`,
    height: `${box.height + 8}px`,
  });
};

const Step = ({ targets, labelledBy, describedBy, children }) => {
  const card = useRef(null);
  const ring = useRef(null);

  useLayoutEffect(() => {
    let frame;
    const follow = () => {
      const target = found(targets);
      if (target && card.current) place(card.current, ring.current, target);
      frame = requestAnimationFrame(follow); // what is above may still be loading, and the page may scroll
    };
    found(targets)?.scrollIntoView({ block: "nearest" });
    follow();
    return () => cancelAnimationFrame(frame);
  }, [targets]);

  useEffect(() => {
    card.current.focus({ preventScroll: true });
    return () => document.getElementById("main")?.focus({ preventScroll: true });
  }, []);

  const press = (event) => {
    const button = KEYS[event.key] && card.current.querySelector(`[data-tour=${KEYS[event.key]}]`);
    if (!button || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    button.click();
  };

  return createElement(
    "div",
    null,
    createElement("div", { ref: ring, style: RING, "aria-hidden": true }),
    createElement(
      "div",
      {
        ref: card,
        role: "dialog",
        "aria-labelledby": labelledBy,
        "aria-describedby": describedBy,
        tabIndex: -1,
        onKeyDown: press,
        style: { position: "fixed", zIndex: 5, outline: "none", width: "min(22rem, calc(100vw - 1rem))" },
      },
      children,
    ),
  );
};

export function TourStep({ path, ...step }) {
  const { pathname } = useLocation();
  const theme = typeof document === "undefined" ? null : document.querySelector(".radix-themes");
  if (!theme || pathname.replace(/\/$/, "") !== path) return null;
  return createPortal(createElement(Step, step), theme);
}
