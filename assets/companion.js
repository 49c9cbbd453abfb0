/* The drawer beside the page: as wide as it was made, where it was read, and closed by Escape. On narrow screens it
   covers the page. */
import { createElement, useEffect, useLayoutEffect, useRef, useState } from "react";

const [MIN, MAX, FIRST, STEP] = [400, 800, 480, 20];
const SPLIT_ROOM = 1000; // with less beside the sidebar, the drawer lies upon the page
const PAGE_MIN = 400;
const WIDE = "(min-width: 1024px)";
const KEPT = "hexclave-companion-width";
const TITLE = "companion-title";
const HEADER = "var(--companion-top)";

// Every page has a companion of its own; where one was goes on to the next.
const shown = { name: "", scroll: 0 };

// After a reload the drawer comes back by itself: then it takes no focus, and covers no page.
const wasAsked = () => window.hexclaveEarlyInput.isUsed;

const within = (width, max) => Math.round(Math.max(MIN, Math.min(width, max)));
const keptWidth = () => {
  const width = Number(localStorage.getItem(KEPT));
  return width >= MIN && width <= MAX ? width : FIRST;
};

// What is fetched or closed first is waited for: the content of the drawer, and the menu that opened it.
const WAIT_FRAMES = 180;
const settle = (name, act) => {
  let left = WAIT_FRAMES;
  const look = () => {
    if (shown.name !== name || left-- < 0) return;
    if (document.getElementById(TITLE) && !document.querySelector("[role=menu]")) setTimeout(act);
    else requestAnimationFrame(look);
  };
  look();
};

// "split" beside the page, "over" it, or in its place ("whole").
const layoutOf = (aside) => {
  if (!matchMedia(WIDE).matches) return { mode: "whole", max: MAX };
  const strip = aside.lastElementChild.offsetWidth;
  const others = [...aside.parentElement.children].filter((one) => one !== aside && one.id !== "main");
  const room = aside.parentElement.clientWidth - others.reduce((sum, one) => sum + one.offsetWidth, strip);
  if (room >= SPLIT_ROOM) return { mode: "split", max: Math.min(MAX, room - PAGE_MIN) };
  return { mode: "over", max: Math.min(MAX, room) };
};

const useLayout = (aside) => {
  const [layout, setLayout] = useState({ mode: "split", max: MAX });
  useLayoutEffect(() => {
    const look = () =>
      setLayout((before) => {
        const now = layoutOf(aside.current);
        return now.mode === before.mode && now.max === before.max ? before : now;
      });
    const observer = new ResizeObserver(look);
    for (const one of aside.current.parentElement.children) observer.observe(one);
    look();
    return () => observer.disconnect();
  }, [aside]);
  return layout;
};

const LOOKS = {
  split: { position: "relative", borderInlineStart: "1px solid var(--gray-5)" },
  over: {
    position: "absolute",
    insetInlineEnd: "100%",
    insetBlock: 0,
    boxShadow: "var(--shadow-5)",
    borderInlineStart: "1px solid var(--gray-5)",
  },
  whole: { position: "fixed", inset: `${HEADER} 0 0 0`, zIndex: 2 },
};

const Separator = ({ label, width, max, resize }) => {
  const drag = (event) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    resize(event.currentTarget.parentElement.getBoundingClientRect().right - event.clientX);
  };
  const press = (event) => {
    const to = { ArrowLeft: width + STEP, ArrowRight: width - STEP, Home: MIN, End: max }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    resize(to);
  };
  return createElement("div", {
    role: "separator",
    tabIndex: 0,
    className: "hx-separator",
    "aria-orientation": "vertical",
    "aria-label": label,
    "aria-valuenow": width,
    "aria-valuemin": MIN,
    "aria-valuemax": max,
    onPointerDown: (event) => event.currentTarget.setPointerCapture(event.pointerId),
    onPointerMove: drag,
    onKeyDown: press,
  });
};

const Drawer = ({ name, section, mode, max, label, onRead, children }) => {
  const [wanted, setWanted] = useState(keptWidth);
  const content = useRef(null);
  const width = within(wanted, max);
  const resize = (to) => {
    const next = within(to, max);
    setWanted(next);
    localStorage.setItem(KEPT, String(next));
  };

  useEffect(() => {
    if (shown.name === name) {
      settle(name, () => void (content.current && (content.current.scrollTop = shown.scroll)));
      return;
    }
    Object.assign(shown, { name, scroll: 0 });
    content.current.scrollTop = 0;
    settle(name, () => {
      const heading = section > 0 && document.getElementById(`document-section-${section}`);
      heading?.scrollIntoView?.();
      if (wasAsked()) (heading || document.getElementById(TITLE))?.focus({ preventScroll: true });
    });
  }, [name, section]);

  const read = (event) => {
    const link = event.target.closest("[data-document]");
    if (link) onRead(link.dataset.document, 0);
  };

  return createElement(
    "section",
    {
      "aria-labelledby": TITLE,
      style: { ...LOOKS[mode], width: mode === "whole" ? "auto" : `${width}px`, background: "var(--color-panel-solid)" },
    },
    mode !== "whole" && createElement(Separator, { label, width, max, resize }),
    createElement(
      "div",
      {
        ref: content,
        onClick: read,
        onScroll: (event) => void (shown.scroll = event.currentTarget.scrollTop),
        style: { height: "100%", overflowY: "auto", overscrollBehavior: "contain" },
      },
      children,
    ),
  );
};

export function CompanionDrawer(props) {
  const { panel, document: opened, section, label, name, top, onClose, onRead, className, children } = props;
  const aside = useRef(null);
  const { mode, max } = useLayout(aside);
  const before = useRef(panel);
  const [content, strip] = children;
  const isWhole = mode === "whole" && panel !== "";

  useEffect(() => {
    const main = document.getElementById("main");
    if (!main || !isWhole) return;
    main.inert = true;
    const leave = (event) => {
      if (event.key === "Escape" && !document.querySelector("[role=dialog], [role=menu]")) onClose();
    };
    document.addEventListener("keydown", leave);
    return () => {
      main.inert = false;
      document.removeEventListener("keydown", leave);
    };
  }, [isWhole]);
  // What covers a page was opened on another one.
  useEffect(() => void (panel && !matchMedia(WIDE).matches && onClose()), []);
  useEffect(() => {
    if (panel && !wasAsked() && !matchMedia(WIDE).matches) onClose();
    if (before.current && !panel) {
      shown.name = "";
      const button = aside.current.querySelector(`[data-panel=${before.current}]`);
      (button?.offsetWidth ? button : document.getElementById("main"))?.focus({ preventScroll: true });
    }
    before.current = panel;
  }, [panel]);

  return createElement(
    "aside",
    {
      ref: aside,
      "aria-label": name,
      className: `hx-companion ${className}`,
      style: { "--companion-top": top },
      onKeyDown: (event) => event.key === "Escape" && panel && !isWhole && onClose(),
    },
    panel &&
      createElement(Drawer, { name: `${panel}/${opened}/${section}`, section, mode, max, label, onRead }, content),
    strip,
  );
}
