// Remembers which provider somebody went to last in this browser, and marks its link (contract 08, section 3.4).
import { useEffect } from "react";

const KEY = "_STACK_AUTH.lastUsed"; // the contract's name, shared with the SDK's own buttons

const links = () => [...document.querySelectorAll("a[data-provider]")];

// Browsers that forbid storage remember nothing.
const read = () => {
  try {
    return window.localStorage.getItem(KEY);
  } catch {
    return null;
  }
};
const write = (provider) => {
  try {
    window.localStorage.setItem(KEY, provider);
  } catch {
    // Nothing is marked the next time.
  }
};

export function LastProvider({ count }) {
  useEffect(() => {
    const last = read();
    for (const link of links()) {
      const isLast = link.dataset.provider === last;
      link.dataset.last = String(isLast);
      link.ariaDescription = isLast ? link.querySelector(".hx-last")?.textContent : null;
    }
  }, [count]);
  useEffect(() => {
    const remember = (event) => {
      const link = event.target.closest?.("a[data-provider]");
      if (link) write(link.dataset.provider);
    };
    document.addEventListener("click", remember, true);
    return () => document.removeEventListener("click", remember, true);
  }, []);
  return null;
}
