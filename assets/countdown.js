// The time until a moment, as it runs out.
import { createElement, useEffect, useRef, useState } from "react";

const two = (number) => String(number).padStart(2, "0");

export const CountDown = ({ until, onEnd }) => {
  const [left, setLeft] = useState(null);
  const handler = useRef(onEnd);
  handler.current = onEnd;
  useEffect(() => {
    const look = () => {
      const seconds = Math.max(0, Math.round((until - Date.now()) / 1000));
      setLeft(seconds);
      if (!seconds) {
        clearInterval(timer);
        handler.current?.();
      }
    };
    const timer = setInterval(look, 1000);
    look();
    return () => clearInterval(timer);
  }, [until]);
  if (left === null) return null;
  const text = `${Math.floor(left / 3600)}:${two(Math.floor(left / 60) % 60)}:${two(left % 60)}`;
  return createElement("span", { role: "timer", style: { fontVariantNumeric: "tabular-nums" } }, text);
};
