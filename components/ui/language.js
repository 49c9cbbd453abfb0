// What pages say, in the language that the server chose when it delivered the page (hexclave_app/spoken_pages.py).
// While the pages are built there is no language yet: every text becomes a mark, which the server replaces.
// The rules are those of hexclave_app/languages/patterns.py; a test compares the two.
import { createElement } from "react";
import { DirectionProvider } from "@radix-ui/react-direction";

const chosen = globalThis.hexclaveLanguage;
const isBuild = typeof window === "undefined";
const english = { direction: "ltr", plurals: new Intl.PluralRules("en") };
const spoken = chosen && { direction: chosen.direction, plurals: new Intl.PluralRules(chosen.code) };

// A mark within the values of another one is spelled out, so that the outer one ends where it should.
const mark = (...told) => {
  const json = JSON.stringify(told).replaceAll("\uE000", "\\ue000").replaceAll("\uE001", "\\ue001");
  return `\uE000${json}\uE001`;
};

const isolated = (value, { direction }) => (direction === "rtl" ? `\u2068${value}\u2069` : String(value));

const variantOf = ({ by, variants, default: otherwise }, values, { plurals }) => {
  const value = values[by];
  if (Object.hasOwn(variants, value)) return variants[value];
  const category = typeof value === "number" ? plurals.select(value) : otherwise;
  return variants[Object.hasOwn(variants, category) ? category : otherwise];
};

const format = (pattern, values, language) => {
  if (typeof pattern === "string") return pattern;
  const texts = pattern.map((piece) => {
    if (typeof piece === "string") return piece;
    return piece.variants
      ? format(variantOf(piece, values, language), values, language)
      : isolated(values[piece.name], language);
  });
  return texts.join("");
};

// The text of a message.
export const say = (key, values = {}) => {
  if (isBuild) return mark(key, values);
  const pattern = chosen?.messages[key];
  return pattern === undefined ? key : format(pattern, values, spoken);
};

// The text of a message that was built into the page, with values of the browser.
export const words = (pattern, values) => format(pattern, values, english);

// What stands before (0) or after (1) the place of an argument that is no text but a piece of the page.
export const sayAround = (key, name, side, values = {}) => {
  if (isBuild) return mark(key, values, name, side);
  return say(key, { ...values, [name]: "\uE002" }).split("\uE002")[side];
};

// Whether the page speaks this language, as the value of an attribute.
export const isSpoken = (code) => (isBuild ? mark("@spoken", { code }) : String(chosen?.code === code));

// The script in the head that brings the messages. React leaves what the server has written there alone.
export const messagesScript = () => ({ __html: isBuild ? mark("@messages", {}) : "" });

// Tells menus and other pieces which way the page is read.
export const ReadingDirection = ({ children }) =>
  createElement(DirectionProvider, { dir: chosen?.direction ?? "ltr" }, children);
