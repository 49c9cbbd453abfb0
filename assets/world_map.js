// A map of countries beside their list. What the map says stands in the list, too: the map needs no keyboard.
import { createElement, useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";

const flagOf = (code) => String.fromCodePoint(...[...code].map((letter) => 0x1f1a5 + letter.charCodeAt(0)));

// The outlines are fetched when the map comes into sight.
const useWorld = (box) => {
  const [world, setWorld] = useState(null);
  useEffect(() => {
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry.isIntersecting) return;
        observer.disconnect();
        import("$/public/world.js").then(setWorld);
      },
      { rootMargin: "200px" },
    );
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  return world;
};

const Tip = ({ place, at: [left, top] }) =>
  createElement(
    "div",
    {
      className: "hx-map-tip",
      // Moved along with its place, so that it never stands out at the sides.
      style: { left: `${left}%`, top: `${top}%`, transform: `translate(-${left}%, ${top < 30 ? "0.75rem" : "calc(-100% - 0.5rem)"})` },
    },
    createElement("strong", null, `${flagOf(place.id)} ${place.label}`),
    createElement("span", null, place.users),
  );

export const WorldMap = ({ places, label, className, children }) => {
  const box = useRef(null);
  const world = useWorld(box);
  const navigate = useNavigate();
  const [pointed, setPointed] = useState("");
  const known = Object.fromEntries(places.map((place) => [place.id, place]));
  // Whoever points at a country in the list, with a pointer or the keyboard, finds it on the map.
  const point = (event) => setPointed(event.target.closest("[data-country]")?.dataset.country ?? "");
  const open = ({ target, ctrlKey, metaKey }) => {
    const place = known[target.dataset.country];
    if (place) ctrlKey || metaKey ? window.open(place.address, "_blank") : navigate(place.address);
  };
  const look = (code) => ({
    key: code,
    "data-country": known[code] ? code : undefined,
    "data-step": known[code]?.step,
    "data-pointed": pointed && code === pointed ? "" : undefined,
  });
  const drawn = () => {
    const [left, top, width, height] = world.VIEW;
    const [x, y] = world.CENTRES[pointed] ?? [];
    return [
      createElement(
        "svg",
        { key: "map", viewBox: world.VIEW.join(" "), "aria-hidden": true, onClick: open },
        Object.entries(world.OUTLINES).map(([code, d]) => createElement("path", { ...look(code), d })),
        world.DOTS.filter((code) => known[code]).map((code) => {
          const [cx, cy] = world.CENTRES[code];
          return createElement("circle", { ...look(code), cx, cy, r: 5 });
        }),
      ),
      known[pointed] && x !== undefined && createElement(Tip, { key: "tip", place: known[pointed], at: [(100 * (x - left)) / width, (100 * (y - top)) / height] }),
    ];
  };
  return createElement(
    "div",
    { className, onMouseOver: point, onMouseLeave: () => setPointed(""), onFocus: point, onBlur: () => setPointed("") },
    createElement("div", { ref: box, role: "img", "aria-label": label, className: "hx-map" }, world && drawn()),
    children,
  );
};
