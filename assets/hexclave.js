/* Hexclave inside any page: sign-in, user button, team switcher and account settings as custom elements.
 *
 *   <script src="https://<project id>.auth.example.com/hexclave.js" data-project-id="<project id>"></script>
 *   <hexclave-sign-in></hexclave-sign-in>
 *
 * Every element is a page of the project in an <iframe>, which works without third-party cookies: the frame hands out a
 * one-time code, this script exchanges it, keeps the session in the page's own storage and lends the frames short-lived
 * access tokens. Refresh tokens never enter a frame, tokens never leave one. Attributes, events, messages and rules:
 * docs/embedding.md. No dependencies, no build step; works as classic script and as module.
 */
(() => {
  "use strict";
  if (window.hexclave) return;

  // ---- Where things are -------------------------------------------------------------------------------------------
  const script = document.currentScript ?? document.querySelector("script[data-project-id][src*='hexclave.js']");
  const projectId = script?.dataset.projectId ?? "";
  const HOSTED = hostedOrigin();
  const API = `${HOSTED}/api/v1`;
  const VERSION = 1;
  const SESSION_KEY = `hexclave-session-${projectId}`;
  const PENDING_KEY = `hexclave-pending-${projectId}`;
  const PENDING_MS = 20 * 60_000; // to finish a sign-in in a window
  const FRESH_MS = 60_000; // a token that lives shorter than this (or a quarter of its life) is renewed
  const READY_MS = 20_000; // after which a frame that has not introduced itself counts as refused
  const MAX_HEIGHT = 20_000;
  const PHONE_PX = 480; // narrower pages have no room for names beside the avatar
  const NAME = { account: "account-settings", signIn: "sign-in" };

  /** The project's own host: given, that of this script, or the project's label before it. */
  function hostedOrigin() {
    if (script?.dataset.hostedOrigin) return new URL(script.dataset.hostedOrigin).origin;
    const own = new URL(script?.src || window.location.href);
    if (own.hostname.split(".")[0] === projectId) return own.origin;
    return `${own.protocol}//${projectId}.${own.host}`;
  }

  // ---- Events: hexclave.on("session" | "signed-in" | "signed-out" | "team-selected" | "error", f) ------------------
  const listeners = new EventTarget();
  const announce = (name, detail, element) => {
    listeners.dispatchEvent(new CustomEvent(name, { detail }));
    const event = new CustomEvent(`hexclave-${name}`, { detail, bubbles: true, composed: true, cancelable: true });
    return (element ?? document).dispatchEvent(event);
  };

  // ---- The session: in this page's own storage, shared by its tabs ------------------------------------------------
  const memory = new Map(); // for browsers that forbid storage
  const read = (key) => {
    try {
      return JSON.parse(window.localStorage.getItem(key) ?? "null");
    } catch {
      return memory.get(key) ?? null;
    }
  };
  const write = (key, value) => {
    try {
      if (value === null) window.localStorage.removeItem(key);
      else window.localStorage.setItem(key, JSON.stringify(value));
    } catch {
      memory.set(key, value);
    }
  };
  /** How long a token is still good to be handed out, in milliseconds. */
  const freshness = (token) => {
    try {
      const { iat, exp } = JSON.parse(atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")));
      return exp * 1000 - Date.now() - Math.min(FRESH_MS, (exp - iat) * 250);
    } catch {
      return 0;
    }
  };

  const elements = new Set();
  let session = read(SESSION_KEY);
  let renewing = null;
  let timer = 0;

  function store(next) {
    session = next;
    write(SESSION_KEY, next);
    follow();
  }
  /** Everything that depends on the session: the frames, the next renewal, the listeners. */
  function follow() {
    clearTimeout(timer);
    if (session) timer = setTimeout(keepFresh, Math.min(Math.max(freshness(session.accessToken), 0), 2 ** 31 - 1) + 500);
    for (const element of elements) element.lend();
    announce("session", { isSignedIn: session !== null });
  }
  /** Pages that nobody looks at renew nothing; they do so when somebody looks again. */
  function keepFresh() {
    if (elements.size && !document.hidden) getAccessToken().catch(() => (timer = setTimeout(keepFresh, FRESH_MS / 4)));
  }
  document.addEventListener("visibilitychange", keepFresh);
  window.addEventListener("storage", (event) => {
    if (event.key !== SESSION_KEY && event.key !== null) return;
    session = read(SESSION_KEY);
    follow();
  });

  const headers = (accessToken) => ({
    "X-Hexclave-Access-Type": "client",
    "X-Hexclave-Project-Id": projectId,
    ...(script?.dataset.publishableClientKey && {
      "X-Hexclave-Publishable-Client-Key": script.dataset.publishableClientKey,
    }),
    ...(accessToken && { "X-Hexclave-Access-Token": accessToken, "X-Hexclave-Allow-Restricted-User": "true" }),
  });

  /** A token that is good for at least some seconds more, or null; ends the session when the server says so. */
  async function getAccessToken({ isForced = false } = {}) {
    if (!session) return null;
    if (!isForced && freshness(session.accessToken) > 0) return session.accessToken;
    renewing ??= renew(session.refreshToken).finally(() => (renewing = null));
    await renewing;
    return session?.accessToken ?? null;
  }
  async function renew(refreshToken) {
    const answer = await fetch(`${API}/auth/sessions/current/refresh`, {
      method: "POST",
      headers: { ...headers(), "X-Hexclave-Refresh-Token": refreshToken },
    });
    if (session?.refreshToken !== refreshToken) return; // signed out or in again meanwhile
    if (answer.ok) store({ refreshToken, accessToken: (await answer.json()).access_token });
    else if (answer.headers.get("x-hexclave-known-error") === "REFRESH_TOKEN_NOT_FOUND_OR_EXPIRED") store(null);
    else throw new Error(`hexclave: the session could not be renewed (${answer.status})`);
  }

  async function getUser() {
    const token = await getAccessToken();
    if (!token) return null;
    const answer = await fetch(`${API}/users/me`, { headers: headers(token) });
    if (answer.ok) return answer.json();
    if (answer.headers.has("x-hexclave-known-error")) {
      await getAccessToken({ isForced: true }); // ends the session here if it has ended there
      return null;
    }
    throw new Error(`hexclave: the user could not be read (${answer.status})`);
  }

  async function signOut() {
    const token = await getAccessToken();
    store(null);
    announce("signed-out", {});
    if (token) await fetch(`${API}/auth/sessions/current`, { method: "DELETE", headers: headers(token) });
  }

  // ---- One-time codes ---------------------------------------------------------------------------------------------
  const base64url = (bytes) =>
    btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  /** A secret of this page, and its hash: the nonce of one load of a frame. */
  async function newSecret() {
    if (!window.crypto?.subtle) throw new Error("hexclave: this page must be loaded by https (or from localhost)");
    const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)));
    const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
    return { verifier, nonce: base64url(new Uint8Array(hash)) };
  }
  async function exchange(code, verifier) {
    const answer = await fetch(`${HOSTED}/embed/session`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ code, verifier }),
    });
    if (!answer.ok) throw new Error(await answer.text());
    const tokens = await answer.json();
    store({ refreshToken: tokens.refresh_token, accessToken: tokens.access_token });
  }

  /** Windows come back to this page with a code in the fragment; only secrets of this browser can use it. */
  const pending = () => (read(PENDING_KEY) ?? []).filter((one) => one.until > Date.now());
  const remember = ({ verifier, nonce }) =>
    write(PENDING_KEY, [...pending().slice(-9), { verifier, nonce, until: Date.now() + PENDING_MS }]);
  async function takeReturn() {
    const told = new URLSearchParams(window.location.hash.slice(1));
    const [code, nonce] = [told.get("hexclave-code"), told.get("hexclave-nonce")];
    if (!code || !nonce) return;
    history.replaceState(history.state, "", window.location.pathname + window.location.search);
    const known = pending().find((one) => one.nonce === nonce);
    if (!known) return;
    write(PENDING_KEY, pending().filter((one) => one.nonce !== nonce));
    try {
      await exchange(code, known.verifier);
      announce("signed-in", { newUser: false });
      window.close(); // where the browser allows it; the page that opened this window has the session, too
    } catch (error) {
      announce("error", { code: "EXCHANGE_FAILED", message: String(error.message ?? error) });
    }
  }

  // ---- Theme and language of the page (contract 08, section 3.15), and what follows when they change ----------------
  const prefersDark = window.matchMedia("(prefers-color-scheme: dark)");
  const MARKS = ["data-joy-color-scheme", "data-mui-color-scheme", "data-theme", "data-color-scheme", "class"];
  function themeOfPage() {
    const root = document.documentElement;
    const style = getComputedStyle(root);
    const schemes = style.colorScheme.split(/\s+/);
    if (schemes.includes("dark") || schemes.includes("light")) {
      if (schemes.includes("dark") && schemes.includes("light")) return prefersDark.matches ? "dark" : "light";
      return schemes.includes("dark") ? "dark" : "light";
    }
    for (const mark of MARKS) {
      const words = (root.getAttribute(mark) ?? "").toLowerCase();
      if (words.includes("dark")) return "dark";
      if (words.includes("light")) return "light";
    }
    const luma = lumaOf(style.getPropertyValue("--background").trim());
    return luma !== null && luma < 128 ? "dark" : "light";
  }
  function lumaOf(color) {
    if (!color || !CSS.supports("color", color)) return null;
    const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    if (!probe) return null;
    probe.fillStyle = color;
    probe.fillRect(0, 0, 1, 1);
    const [r, g, b] = probe.getImageData(0, 0, 1, 1).data;
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
  let isDue = 0;
  const adaptSoon = () => {
    cancelAnimationFrame(isDue);
    isDue = requestAnimationFrame(() => elements.forEach((element) => element.adapt()));
  };
  /** What a `theme` attribute says: light, dark, auto, or colours and a radius as JSON; the frame looks at each value. */
  function readTheme(text) {
    if (!text?.trim().startsWith("{")) return { mode: text ?? "", look: null };
    try {
      const look = JSON.parse(text);
      return { mode: String(look.mode ?? ""), look };
    } catch {
      announce("error", { code: "BAD_THEME", message: `This theme is no JSON: ${text.slice(0, 60)}` });
      return { mode: "", look: null };
    }
  }
  const themes = new Map();
  const themeFrom = (text) => {
    if (!themes.has(text)) themes.set(text, readTheme(text));
    return themes.get(text);
  };
  prefersDark.addEventListener("change", adaptSoon);
  new MutationObserver(adaptSoon).observe(document.documentElement, { attributes: true });

  // ---- Elements ---------------------------------------------------------------------------------------------------
  // A constructed sheet: pages with a strict policy for styles need no exception for it.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: block; position: relative; min-width: 0; }
    :host([hidden]) { display: none; }
    :host(.inline) { display: inline-block; vertical-align: middle; max-width: 100%; }
    iframe { display: block; border: 0; width: 100%; background: transparent; opacity: 0; pointer-events: none; }
    :host(.fresh) iframe { position: absolute; }
    .skeleton { display: none; gap: 1rem; max-width: 23.75rem; margin: 0 auto; padding: .75rem .25rem; color: GrayText; }
    :host(.fresh) .skeleton { display: grid; }
    .skeleton i { height: 2.5rem; border-radius: .5rem; background: currentcolor; opacity: .18; animation: pulse 1.6s infinite; }
    .skeleton i:first-child { width: 50%; height: 1.75rem; margin: 0 auto .5rem; }
    @keyframes pulse { 50% { opacity: .08; } }
    iframe.shown { opacity: 1; pointer-events: auto; transition: opacity 120ms; }
    :host(.inline) iframe { position: absolute; top: 0; left: 0; max-width: 100vw; z-index: 2147483000; }
    :host(.inline.end) iframe { left: auto; right: 0; }
    @media (prefers-reduced-motion: reduce) { iframe.shown { transition: none; } .skeleton i { animation: none; } }`);
  const ALLOW = "publickey-credentials-get; publickey-credentials-create; clipboard-write";
  const SANDBOX = "allow-scripts allow-forms allow-same-origin allow-popups allow-popups-to-escape-sandbox";
  const OPTIONS = ["first-tab", "no-password-repeat", "show-user-info", "color-mode-toggle", "extra-items", "allow-null", "null-label"];
  const WITH_CODE = ["password-reset", "magic-link-callback", "email-verification", "team-invitation"];
  const MENUS = ["user-button", "team-switcher"];
  // Pages between which one element may go by itself.
  const ENTRANCE = ["sign-in", "sign-up", "forgot-password", "onboarding", "oauth-buttons"];

  class Part extends HTMLElement {
    static observedAttributes = ["theme", "lang", "team-id", "return-url", ...OPTIONS];

    constructor() {
      super();
      this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
      this.secret = null; // of the present load of the frame
      this.page = this.constructor.page;
      this.query = "";
      this.hash = "";
    }

    connectedCallback() {
      const isMenu = MENUS.includes(this.page);
      this.classList.toggle("inline", isMenu);
      this.frame = document.createElement("iframe");
      this.frame.title = this.getAttribute("label") ?? this.constructor.label;
      this.frame.setAttribute("allow", ALLOW);
      this.frame.setAttribute("sandbox", SANDBOX);
      if (isMenu) Object.assign(this.style, { width: this.style.width || "40px", height: this.style.height || "40px" });
      this.shadowRoot.replaceChildren(this.frame);
      if (!isMenu) {
        // Until the part is there: its title, two fields and a button; and below it what the page has put inside.
        const skeleton = Object.assign(document.createElement("div"), { className: "skeleton", ariaHidden: "true" });
        skeleton.append(...Array.from({ length: 4 }, () => document.createElement("i")));
        this.shadowRoot.append(skeleton, document.createElement("slot"));
        this.classList.add("fresh");
      }
      elements.add(this);
      this.load(this.page);
    }
    disconnectedCallback() {
      elements.delete(this);
      clearTimeout(this.waiting);
      this.frame.remove();
      this.secret = null;
    }
    attributeChangedCallback(name, before, now) {
      if (before === now || !this.frame?.isConnected) return;
      if (name === "theme" || name === "lang") this.adapt();
      else if (name === "team-id") this.chooseTeam();
      else this.load(this.page);
    }

    /** Load a page into the frame: a new load, a new secret. */
    load(page, query = "", hash = "") {
      this.secret = this.greeted = null;
      this.frame.classList.remove("shown");
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => {
        this.classList.remove("fresh");
        const message = `${HOSTED} does not answer here. Is ${window.location.origin} a trusted domain of the project?`;
        announce("error", { code: "NOT_AVAILABLE", message }, this);
      }, READY_MS);
      this.page = page;
      this.theme = this.wantedTheme();
      this.look = this.wantedLook();
      this.lang_ = this.wantedLanguage();
      const wishes = new URLSearchParams(query);
      wishes.delete("after_auth_return_to");
      for (const name of OPTIONS) if (this.hasAttribute(name)) wishes.set(name, this.getAttribute(name) || "1");
      if (window.innerWidth < PHONE_PX) wishes.delete("show-user-info");
      if (WITH_CODE.includes(page) && !wishes.has("code")) {
        wishes.set("code", this.getAttribute("code") ?? new URLSearchParams(window.location.search).get("code") ?? "");
      }
      wishes.set("parent", window.location.origin);
      wishes.set("theme", this.theme);
      if (this.lang_) wishes.set("lang", this.lang_);
      this.frame.style.colorScheme = this.theme; // another scheme than the frame's would make its ground opaque
      this.frame.src = `${HOSTED}/embed/${page}?${wishes}${hash}`;
    }
    wantedTheme() {
      const modes = [this.getAttribute("theme"), script?.dataset.theme].map((text) => themeFrom(text).mode);
      return modes.find((mode) => mode === "light" || mode === "dark") ?? themeOfPage();
    }
    wantedLook() {
      return themeFrom(this.getAttribute("theme")).look ?? themeFrom(script?.dataset.theme).look;
    }
    wantedLanguage() {
      return this.getAttribute("lang") ?? this.closest("[lang]")?.getAttribute("lang") ?? "";
    }
    adapt() {
      const [theme, look, lang] = [this.wantedTheme(), this.wantedLook(), this.wantedLanguage()];
      if (theme !== this.theme || look !== this.look) {
        [this.theme, this.look] = [theme, look];
        this.frame.style.colorScheme = theme;
        this.tell("theme", { theme, look });
      }
      if (lang !== this.lang_) {
        this.lang_ = lang;
        this.tell("lang", { lang });
      }
    }

    /** To the frame: only to our own origin, only once it has introduced itself. */
    tell(type, data) {
      if (!this.secret) return;
      this.frame.contentWindow?.postMessage({ ...data, hexclave: VERSION, type, nonce: this.secret.nonce }, HOSTED);
    }
    lend() {
      this.tell("session", { accessToken: session?.accessToken ?? null });
    }

    async hear(message) {
      if (message.type === "ready") {
        if (message.load === this.greeted) return undefined; // it asks again while the answer is on its way
        this.greeted = message.load;
        return this.welcome(message.load);
      }
      if (!this.secret || message.nonce !== this.secret.nonce) return;
      const act = this[`on_${String(message.type).replace(/-/g, "_")}`];
      if (typeof act === "function") await act.call(this, message);
    }
    async welcome(load) {
      this.secret = null;
      const token = await getAccessToken().catch(() => null);
      const secret = await newSecret();
      if (this.greeted !== load || !this.frame.isConnected) return;
      this.secret = secret;
      clearTimeout(this.waiting);
      const isEnd = this.getBoundingClientRect().left > window.innerWidth / 2;
      this.classList.toggle("end", (this.getAttribute("align") ?? (isEnd ? "end" : "start")) === "end");
      this.tell("init", {
        parentOrigin: window.location.origin,
        theme: this.theme,
        look: this.look,
        lang: this.lang_,
        returnUrl: this.returnUrl(),
        align: this.classList.contains("end") ? "end" : "start",
        mailPages: this.mailPages(),
      });
      this.tell("session", { accessToken: token });
      this.chooseTeam();
    }
    /** Choose the team of the attribute, once for every value: what is chosen in the menu stays. */
    chooseTeam() {
      const teamId = this.getAttribute("team-id");
      if (teamId === null || teamId === this.toldTeam || !this.secret) return;
      this.toldTeam = teamId;
      this.tell("set-team", { teamId });
    }
    returnUrl() {
      const wanted = new URL(this.getAttribute("return-url") ?? window.location.href, window.location.href);
      const own = wanted.origin === window.location.origin ? wanted : new URL(window.location.href);
      return own.origin + own.pathname + own.search;
    }

    /** Pages of this origin that mails may lead to, because they have the part inside that takes the code. */
    mailPages() {
      const told = WITH_CODE.map((page) => [page, this.placeOf(page) && new URL(this.placeOf(page), document.baseURI)]);
      const own = told.filter(([, url]) => url?.origin === window.location.origin);
      return Object.fromEntries(own.map(([page, url]) => [page, url.href.split("#")[0]]));
    }
    placeOf(page) {
      return this.getAttribute(`${page}-url`) ?? script?.dataset[camel(`${page}-url`)];
    }

    on_resize({ width, height, isOpen }) {
      if (!(height >= 0 && width >= 0)) return;
      if (this.classList.contains("inline")) {
        // While its menu is open, the frame lies over the page; the place that it takes stays the button's.
        const room = `${Math.min(width, window.innerWidth)}px`;
        Object.assign(this.frame.style, { width: room, height: `${Math.min(height, MAX_HEIGHT)}px` });
        if (!isOpen) Object.assign(this.style, { width: room, height: `${Math.min(height, MAX_HEIGHT)}px` });
      } else this.frame.style.height = `${Math.min(height, MAX_HEIGHT)}px`;
      this.frame.classList.add("shown");
      this.classList.remove("fresh");
      if (this.shown !== this.page) announce("ready", { page: this.page }, this);
      this.shown = this.page;
    }
    async on_signed_in({ code, newUser }) {
      try {
        await exchange(String(code), this.secret.verifier);
      } catch (error) {
        this.lend(); // the part shows its form again
        announce("error", { code: "EXCHANGE_FAILED", message: String(error.message ?? error) }, this);
        return;
      }
      const isWanted = announce("signed-in", { newUser: newUser === true }, this);
      const next = this.getAttribute(newUser ? "after-sign-up" : "after-sign-in") ?? this.getAttribute("after-sign-in");
      if (isWanted && next) visit(next);
      if (isWanted && this.closest("dialog.hexclave")) this.closest("dialog").close();
    }
    /** Somebody is signed in before the part was needed. */
    on_signed_in_already() {
      const after = this.page === "sign-up" ? this.getAttribute("after-sign-up") : null;
      const next = after ?? this.getAttribute("after-sign-in");
      if (next && this.hasAttribute("automatic-redirect")) visit(next, { isReplaced: true });
    }
    on_signed_out() {
      store(null);
      announce("signed-out", {}, this);
    }
    async on_session_needed() {
      await getAccessToken({ isForced: true });
      this.lend();
    }
    async on_team_selected({ teamId }) {
      await getAccessToken({ isForced: true }); // the selected team is a claim of the token
      announce("team-selected", { teamId: teamId ?? null }, this);
      for (const element of elements) if (element !== this && element.page === this.page) element.load(this.page);
    }
    on_opening() {
      remember(this.secret);
    }
    on_item({ id }) {
      announce("item", { id: String(id) }, this);
    }
    on_toggle_theme() {
      announce("toggle-theme", { theme: this.theme === "dark" ? "light" : "dark" }, this);
    }
    on_error({ code, message }) {
      announce("error", { code: String(code), message: String(message) }, this);
    }
    /** The part wants to go somewhere; the page decides: by the event, by an attribute, or it happens here. */
    async on_navigate({ target, query, hash }) {
      const page = String(target);
      if (!announce("navigate", { target: page, query: String(query), hash: String(hash) }, this)) return;
      const place = this.placeOf(page);
      if (place) visit(place + String(hash));
      else if (page === "home" && this.page === "onboarding") {
        await getAccessToken({ isForced: true }); // which does not say "restricted" anymore
        this.load(NAME.signIn);
      } else if (page === "home") visit(window.location.origin);
      else if (!PAGES[page]) return;
      else if (page === this.page || (ENTRANCE.includes(page) && ENTRANCE.includes(this.page))) {
        this.load(page, String(query), String(hash));
      } else open(page, { query: String(query), hash: String(hash) });
    }
  }

  const camel = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  /** Go where the page's own author wants to; never to what is no web address. */
  function visit(place, { isReplaced = false } = {}) {
    const url = new URL(place, document.baseURI);
    if (url.protocol !== "https:" && url.protocol !== "http:") return;
    if (isReplaced) window.location.replace(url);
    else window.location.assign(url);
  }

  // ---- A dialog for parts that the page has no place for ------------------------------------------------------------
  function open(page, { query = "", hash = "" } = {}) {
    const dialog = document.createElement("dialog");
    dialog.className = "hexclave";
    dialog.setAttribute("aria-label", PAGES[page]);
    const part = document.createElement(`hexclave-${page}`);
    const close = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
    const dark = themeOfPage() === "dark";
    dialog.style.cssText = `box-sizing:border-box;width:min(${page === NAME.account ? 60 : 27}rem,calc(100vw - 1rem));
      max-width:none;max-height:calc(100vh - 2rem);padding:1rem;border-radius:.75rem;overflow:auto;
      border:1px solid ${dark ? "#43484e" : "#d9d9e0"};background:${dark ? "#18191b" : "#fff"};color-scheme:${dark ? "dark" : "light"}`;
    close.style.cssText = "display:block;margin-left:auto;font:1.5rem/1 system-ui;border:0;background:none;cursor:pointer;color:inherit;padding:.25rem .5rem";
    close.setAttribute("aria-label", "Close");
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    dialog.append(close, part);
    document.body.append(dialog);
    dialog.showModal();
    if (query || hash) part.load(page, query, hash);
    return part;
  }

  // ---- Messages: from one of our frames, from our origin, and then with the nonce of its load ------------------------
  window.addEventListener("message", (event) => {
    if (event.origin !== HOSTED || event.data?.hexclave !== VERSION) return;
    for (const element of elements) {
      if (event.source === element.frame.contentWindow) {
        element.hear(event.data).catch((error) => {
          console.warn(error);
          announce("error", { code: "FAILED", message: String(error.message ?? error) }, element);
        });
        return;
      }
    }
  });

  const PAGES = {
    "sign-in": "Sign in",
    "sign-up": "Sign up",
    "user-button": "Account",
    "team-switcher": "Teams",
    "account-settings": "Account settings",
    "forgot-password": "Forgot password",
    "password-reset": "New password",
    "magic-link-callback": "Sign in by a link",
    "email-verification": "Verify an e-mail address",
    onboarding: "Finish your account",
    "team-invitation": "Team invitation",
    "team-creation": "Create a team",
    "oauth-buttons": "Sign in with a provider",
  };

  window.hexclave = Object.freeze({
    projectId,
    getUser,
    getAccessToken: () => getAccessToken(),
    signOut,
    open: (page) => (PAGES[page] ? open(page) : null),
    on(name, listener) {
      const hear = (event) => listener(event.detail);
      listeners.addEventListener(name, hear);
      return () => listeners.removeEventListener(name, hear);
    },
  });
  if (!projectId) {
    console.error("hexclave: the script needs data-project-id");
    return;
  }
  takeReturn();
  if (session) follow();
  for (const [page, label] of Object.entries(PAGES)) {
    customElements.define(`hexclave-${page}`, class extends Part {
      static page = page;
      static label = label;
    });
  }
})();
