// Mails beside their source: as wide as the screen of a device, and with texts that are changed where they stand.
import { createElement, useEffect, useRef, useState } from "react";

const MAX_TEXT = 5000;

// Shows a mail as on a screen of that width, made smaller where there is less room. Nothing runs in the frame.
export const DeviceFrame = ({ html, title, screen, height, scheme }) => {
  const box = useRef(null);
  const [room, setRoom] = useState(0);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setRoom(entry.contentRect.width));
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  const scale = room ? Math.min(1, room / screen) : 1;
  const frame = createElement("iframe", {
    title,
    srcDoc: html,
    sandbox: "",
    style: {
      position: "absolute",
      insetBlockStart: 0,
      insetInlineStart: `${Math.max(0, (room - screen * scale) / 2)}px`,
      width: `${screen}px`,
      height: `${height / scale}px`,
      transform: `scale(${scale})`,
      transformOrigin: "0 0",
      border: 0,
      background: scheme === "dark" ? "black" : "white",
      colorScheme: scheme,
    },
  });
  return createElement("div", { ref: box, style: { position: "relative", height: `${height}px`, overflow: "hidden" } }, frame);
};

// Runs in the frame beside the mail, of which no script runs: its policy allows this one alone, by its nonce. The frame
// has an origin of its own, so it can reach nothing of the page around; it tells what was typed, and the server decides.
const editing = (token, label) => {
  const tell = (message) => parent.postMessage({ token, ...message }, "*");
  const shown = (field) => field.textContent.replace(/\s+/g, " ").trim();
  const makeField = (start, id) => {
    const texts = [];
    let node = start.nextSibling;
    for (; node && node.nodeType === Node.TEXT_NODE; node = node.nextSibling) texts.push(node);
    if (node?.nodeType !== Node.COMMENT_NODE || node.data.trim() !== `STACK_EDITABLE_END ${id}` || !texts.length) return;
    const field = document.createElement("span");
    Object.assign(field, { contentEditable: "plaintext-only", tabIndex: 0 });
    field.setAttribute("role", "textbox");
    field.setAttribute("aria-label", `${label} ${texts.map((text) => text.data).join("").trim()}`);
    field.dataset.hexclaveText = id;
    field.append(...texts);
    start.after(field);
    let before = shown(field);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") field.textContent = before;
      if (event.key === "Escape" || event.key === "Enter") {
        event.preventDefault();
        field.blur();
      }
    });
    field.addEventListener("blur", () => {
      const text = shown(field);
      if (text !== before) tell({ id, text });
      before = text;
    });
  };
  addEventListener("DOMContentLoaded", () => {
    const marks = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_COMMENT);
    while (walker.nextNode()) marks.push(walker.currentNode);
    for (const mark of marks) {
      const id = /^\s*STACK_EDITABLE_START (\S+)\s*$/.exec(mark.data)?.[1];
      if (id) makeField(mark, id);
    }
    addEventListener("click", (event) => {
      if (event.target.closest("a, area, button, summary")) event.preventDefault();
      if (!event.target.closest("[data-hexclave-text]") && event.target.textContent.trim()) tell({ fixed: true });
    }, true);
  });
};

const LOOK = `
  [data-hexclave-text] { cursor: text; outline: 1px dashed rgba(62, 99, 221, 0.55); outline-offset: 1px; }
  [data-hexclave-text]:hover, [data-hexclave-text]:focus { outline: 2px solid #3e63dd; background: rgba(62, 99, 221, 0.1); }
`;

const withEditing = (html, token, label) => {
  const nonce = crypto.randomUUID();
  const policy = `default-src 'none'; base-uri 'none'; form-action 'none'; img-src http: https: data:; ` +
    `font-src http: https: data:; style-src 'unsafe-inline'; script-src 'nonce-${nonce}'`;
  const call = `(${editing})(${JSON.stringify(token)}, ${JSON.stringify(label).replaceAll("<", "\\u003c")})`;
  // Before everything of the mail, so that the policy holds for all of it.
  return `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}">` +
    `<style>${LOOK}</style><script nonce="${nonce}">${call}</script>${html}`;
};

// Shows a mail whose marked texts can be changed in it.
export const TextFrame = ({ html, title, label, height, onText, onFixed }) => {
  const frame = useRef(null);
  const [shown, setShown] = useState(null);
  const handlers = useRef({});
  handlers.current = { onText, onFixed };
  useEffect(() => {
    const token = crypto.randomUUID();
    setShown({ document: withEditing(html, token, label), token });
  }, [html, label]);
  useEffect(() => {
    if (!shown) return undefined;
    const hear = ({ source, origin, data }) => {
      // Only our own script in this frame knows the token, whatever else may have got into it.
      if (source !== frame.current?.contentWindow || origin !== "null" || data?.token !== shown.token) return;
      if (data.fixed === true) handlers.current.onFixed?.();
      const isText = typeof data.id === "string" && typeof data.text === "string" && data.text.length <= MAX_TEXT;
      if (isText) handlers.current.onText?.(data.id, data.text);
    };
    addEventListener("message", hear);
    return () => removeEventListener("message", hear);
  }, [shown]);
  if (!shown) return createElement("div", { style: { height: `${height}px` } });
  return createElement("iframe", {
    key: shown.token, // a frame for each document: nothing of an earlier one is left
    ref: frame,
    title,
    srcDoc: shown.document,
    sandbox: "allow-scripts",
    referrerPolicy: "no-referrer",
    style: { width: "100%", height: `${height}px`, border: 0, background: "white", colorScheme: "light" },
  });
};
