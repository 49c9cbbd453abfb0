/* While a page of the dashboard is being opened: a bar at the top. When it is there: its title is announced, and the
   focus goes to it, if what had the focus went away with the page before. */
import { Fragment, createElement, useCallback, useEffect, useRef, useState } from "react";
import { useLocation, useNavigation } from "react-router";

const DELAY_MS = 100; // what is there sooner needs no bar
const REST_MS = 40; // between the scripts of a page and its state: the same opening goes on
const PAGES = /^\/(projects|new-project)(\/|$)/;
const BAR = {
  position: "fixed",
  insetInline: 0,
  top: 0,
  height: "3px",
  zIndex: 20,
  background: "var(--accent-9)",
  transformOrigin: "left",
  pointerEvents: "none",
};
const UNSEEN = { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" };

// It slows down, because nobody knows how long it takes.
const grow = (bar) => {
  if (!bar || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  bar.animate([{ transform: "scaleX(0)" }, { transform: "scaleX(0.95)" }], {
    duration: 10_000,
    easing: "cubic-bezier(0.05, 0.8, 0.1, 1)",
    fill: "forwards",
  });
};

const arrive = (main) => {
  if (document.activeElement === document.body) document.getElementById(main)?.focus({ preventScroll: true });
};

export function PageOpening({ isLive, mainId, children }) {
  const isMoving = useNavigation().state !== "idle";
  const { key, pathname } = useLocation();
  const shown = useRef({ key, pathname });
  const begun = useRef(null);
  const [hasBar, setHasBar] = useState(false);
  const [title, setTitle] = useState("");

  if (begun.current === null && (isMoving || key !== shown.current.key)) begun.current = performance.now();
  const isOpening = begun.current !== null && (isMoving || !isLive);

  const end = useCallback(() => {
    if (begun.current === null) return;
    begun.current = null;
    setHasBar(false);
    const here = location.pathname;
    if (here !== shown.current.pathname && PAGES.test(here)) {
      setTitle(document.title);
      arrive(mainId);
    }
    shown.current.pathname = here;
  }, [mainId]);

  useEffect(() => void (shown.current.key = key), [key]);
  useEffect(() => {
    const wait = DELAY_MS - (performance.now() - begun.current);
    const timer = isOpening ? setTimeout(() => setHasBar(true), wait) : setTimeout(end, REST_MS);
    return () => clearTimeout(timer);
  }, [isOpening, key, end]);

  return createElement(
    Fragment,
    null,
    children,
    hasBar &&
      PAGES.test(pathname) &&
      createElement("div", { "aria-hidden": true, className: "hx-opening", ref: grow, style: BAR }),
    createElement("div", { role: "status", style: UNSEEN }, title),
  );
}
