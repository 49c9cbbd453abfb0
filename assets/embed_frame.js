/* An embedded part meets the page around it: the frame's half of docs/embedding.md (the page's half is hexclave.js).
 *
 * Trust: messages are taken only from the parent window, only from the origin that the address declares, and, after the
 * introduction, only with the nonce of this very load. The declared origin is the only one that may frame this page
 * (`frame-ancestors`), and it is the only target of every message; the server looks at it once more (EmbedState.meet).
 */
import { useContext, useEffect, useRef } from "react";

import { ColorModeContext } from "$/utils/context-registry";

import { plainLook, readLook, wear } from "./embed_look.js";

const VERSION = 1;
// Pages that have an embedded form; everything else opens in a window of its own and is never framed.
const EMBEDDED = [
  "sign-in", "sign-up", "forgot-password", "password-reset", "magic-link-callback", "email-verification",
  "onboarding", "team-invitation", "team-creation", "account-settings",
];
const SAFE_ID = /^[A-Za-z0-9_-]{1,64}$/;

export function Frame({ stage, ticket, onMeet, onFollow, onSignOut, onTeam }) {
  const { setColorMode } = useContext(ColorModeContext);
  const latest = useRef({});
  latest.current = { stage, ticket, onMeet, onFollow, onSignOut, onTeam, setColorMode };
  useEffect(() => connect(latest), []);
  useEffect(() => window.hexclaveFrame?.settle(), [stage]);
  return null;
}

function connect(latest) {
  const query = new URLSearchParams(window.location.search);
  const origin = query.get("parent");
  const root = document.documentElement;
  const component = window.location.pathname.split("/")[2] ?? "";
  if (window.parent === window || !origin) return undefined;

  let nonce = null; // of this load, once the page has introduced itself
  let told = null; // the introduction and the newest token: told to the server again after a lost connection
  let team = null; // wanted by the page, and not chosen yet
  let isAsked = false; // whether the server has asked for them

  const post = (type, data = {}) =>
    window.parent.postMessage({ ...data, hexclave: VERSION, type, nonce }, origin);

  const introduce = () => {
    isAsked = true;
    if (told?.access_token !== undefined) latest.current.onMeet(told);
  };

  const hear = (event) => {
    const message = event.data;
    if (event.source !== window.parent || event.origin !== origin || message?.hexclave !== VERSION) return;
    if (message.type === "init" && nonce === null) {
      nonce = String(message.nonce);
      told = { origin: String(message.parentOrigin), nonce, return_url: String(message.returnUrl), mail_pages: message.mailPages ?? {} };
      if (message.align) root.dataset.align = message.align;
      setLook(message.look);
      setTheme(message.theme);
      if (message.lang && message.lang !== query.get("lang")) setLanguage(message.lang);
      return;
    }
    if (nonce === null || message.nonce !== nonce) return;
    if (message.type === "session") {
      const isFirst = told.access_token === undefined;
      told.access_token = message.accessToken ?? "";
      if (isAsked) isFirst ? latest.current.onMeet(told) : latest.current.onFollow(told.access_token);
    } else if (message.type === "theme") {
      setLook(message.look);
      setTheme(message.theme);
    }
    else if (message.type === "lang") setLanguage(message.lang);
    else if (message.type === "set-team") {
      team = String(message.teamId ?? "");
      settle();
    }
  };

  const settle = () => {
    measureSoon();
    if (team === null || latest.current.stage !== "open") return;
    latest.current.onTeam?.(team);
    team = null;
  };

  let look = plainLook();
  const setTheme = (theme) => {
    if (theme !== "light" && theme !== "dark") return;
    latest.current.setColorMode(theme);
    wear(look[theme]);
  };
  const setLook = (told) => {
    const read = readLook(told);
    look = read.look;
    if (!read.refused.length) return;
    post("error", { code: "BAD_THEME", message: `These are no colours or lengths of a theme: ${read.refused.join(", ")}` });
  };
  const setLanguage = (lang) => {
    query.set("lang", lang);
    window.location.replace(`${window.location.pathname}?${query}${window.location.hash}`);
  };

  // Whoever is faster than the server, which seals the ticket: browsers let a click open a window some seconds later.
  const withTicket = (act, triesLeft = 40) => {
    const { ticket } = latest.current;
    if (ticket) act(ticket);
    else if (triesLeft) setTimeout(() => withTicket(act, triesLeft - 1), 100);
  };
  const openWindow = (provider) => withTicket((ticket) => {
    post("opening"); // the page remembers the verifier of this load, for when the window comes back
    window.open(`/embed/open?${new URLSearchParams({ ticket, provider })}`, "_blank", "popup,width=480,height=720");
  });
  const openOnTop = (path = `/handler/${component}${window.location.search}${window.location.hash}`) => {
    window.open(path, "_blank", "noopener");
  };
  const go = (path) => {
    const url = new URL(path, window.location.origin);
    const page = url.pathname.startsWith("/handler/") ? url.pathname.slice("/handler/".length) : "";
    if (url.pathname === "/auth/session/oauth/start") {
      if (url.searchParams.has("link")) openOnTop("/handler/account-settings#auth");
      else openWindow(url.searchParams.get("provider") ?? "");
    } else if (page === "sign-out") latest.current.onSignOut();
    else if (EMBEDDED.includes(page)) post("navigate", { target: page, query: url.search, hash: url.hash });
    else if (url.pathname === "/") post("navigate", { target: "home", query: "", hash: "" });
    else openOnTop(url.pathname + url.search + url.hash);
  };

  // A link would load a page that nobody may frame, or the router would draw it without loading it.
  const follow = (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link) return;
    const url = new URL(link.href, window.location.href);
    if (link.target === "_blank") {
      if (url.pathname === "/embed/open") post("opening");
      return;
    }
    if (url.origin === window.location.origin && url.pathname === window.location.pathname && url.hash) return;
    event.preventDefault();
    event.stopPropagation();
    if (url.origin === window.location.origin) go(url.pathname + url.search + url.hash);
    else window.open(url, "_blank", "noopener");
  };

  // Menus are <details>: they close when somebody looks elsewhere, chooses something, or presses Escape.
  const openMenu = () => document.querySelector("details.hx-menu[open]");
  const close = () => openMenu()?.removeAttribute("open");
  const press = (event) => {
    const menu = event.key === "Escape" ? openMenu() : null;
    if (!menu) return;
    close();
    menu.querySelector("summary")?.focus();
  };
  const choose = (event) => {
    const item = event.target.closest?.("button[data-tells]");
    if (item) tell(item.dataset.tells);
    const menu = openMenu();
    if (!menu) return;
    if (!menu.contains(event.target) || event.target.closest?.(".hx-items button, .hx-items a")) close();
  };
  const tell = (what) => {
    const [type, detail] = [what.slice(0, what.indexOf(":")), what.slice(what.indexOf(":") + 1)];
    if (type === "navigate") {
      const [target, hash] = detail.split("#");
      post("navigate", { target, query: "", hash: hash ? `#${hash}` : "" });
    } else if (SAFE_ID.test(detail)) post(type, { id: detail });
  };

  let size = "";
  const measure = () => {
    const part = document.getElementById("embedded-part");
    if (!part || latest.current.stage === "connecting") return; // the page shows the part once it has a size
    const { width, height } = part.getBoundingClientRect();
    const data = { width: Math.ceil(width), height: Math.ceil(height), isOpen: openMenu() !== null };
    if (JSON.stringify(data) === size || nonce === null) return;
    size = JSON.stringify(data);
    post("resize", data);
  };
  let due = 0;
  const measureSoon = () => {
    clearTimeout(due);
    due = setTimeout(measure, 20); // frames out of sight get no animation frames
  };
  const observer = new ResizeObserver(measureSoon);
  const part = document.getElementById("embedded-part");
  if (part) observer.observe(part);
  document.addEventListener("toggle", measureSoon, true);

  window.hexclaveFrame = { post, introduce, go, openOnTop, settle };
  window.addEventListener("message", hear);
  window.addEventListener("blur", close);
  document.addEventListener("click", follow, true);
  document.addEventListener("click", choose);
  document.addEventListener("keydown", press);
  setTheme(query.get("theme"));
  if (query.get("first-tab") === "password") {
    root.dataset.firstTab = "password";
    document.getElementById("tab-password")?.click();
  }
  const load = String(Math.random()); // tells a repeated question from a new load, and is no secret
  const ask = () => (nonce === null ? post("ready", { component, version: VERSION, load }) : measureSoon());
  ask();
  const retry = setInterval(ask, 1000);

  return () => {
    clearInterval(retry);
    clearTimeout(due);
    observer.disconnect();
    document.removeEventListener("toggle", measureSoon, true);
    window.removeEventListener("message", hear);
    window.removeEventListener("blur", close);
    document.removeEventListener("click", follow, true);
    document.removeEventListener("click", choose);
    document.removeEventListener("keydown", press);
    delete window.hexclaveFrame;
  };
}
