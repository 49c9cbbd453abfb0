/* How an embedded part looks like the page around it: colours and a radius (contract 08, section 3.15).
 *
 * The page around says them, so nothing of it may become anything but a colour or a length: each value has to match one
 * of the forms below as a whole, and is set by the object model, one property at a time. No `url()`, no `var()`, no
 * rule and no second property ever comes out of it.
 */
const NAMED = /^[a-z]{3,24}$/i;
const HEX = /^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;
const NUMBER = String.raw`[+-]?(?:\d{1,4}(?:\.\d{1,6})?|\.\d{1,6})(?:%|deg|grad|rad|turn)?`;
const SPACES = "srgb|srgb-linear|display-p3|a98-rgb|prophoto-rgb|rec2020|xyz|xyz-d50|xyz-d65";
const FUNCTION = new RegExp(String.raw`^(?:(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\( *|color\( *(?:${SPACES}) +)${NUMBER}(?:[ ,/]+${NUMBER}){2,3} *\)$`, "i");
const LENGTH = /^(?:0|(?:\d{1,2}(?:\.\d{1,3})?|\.\d{1,3})(?:px|rem|em))$/;
const MODES = ["light", "dark"];

const tint = (share) => (color) => `color-mix(in srgb, ${color} ${share}%, transparent)`;
// Where colours count that are not those of the whole part.
const SCOPES = {
  part: "",
  cards: ".hx-card",
  popovers: ".hx-items, .rt-BaseMenuContent, .rt-SelectContent, .rt-BaseDialogContent",
  secondary: '.rt-BaseButton.rt-variant-surface[data-accent-color="gray"], .hx-providers a',
  pointed:
    ".hx-items button:hover, .hx-items button:focus-visible, .rt-BaseMenuItem[data-highlighted], .rt-SelectItem[data-highlighted]",
  danger: '.rt-BaseButton.rt-variant-surface[data-accent-color="red"]',
};
const TEXT = { "--gray-12": null, color: null };
// Which colours of the design a colour of the theme decides, and where.
const PLACES = {
  background: { part: { "--hx-ground": null, "--color-background": null } },
  foreground: { part: { "--gray-12": null } },
  card: { part: { "--color-panel-solid": null, "--color-panel": null, "--color-surface": null } },
  cardForeground: { cards: TEXT },
  popover: { popovers: { "--color-panel-solid": null } },
  popoverForeground: { popovers: TEXT },
  primary: {
    part: {
      "--accent-9": null, "--accent-10": null, "--accent-11": null, "--accent-a11": null, "--accent-indicator": null,
      "--accent-3": tint(12), "--accent-a3": tint(12), "--accent-a4": tint(18), "--accent-a5": tint(24),
    },
  },
  primaryForeground: { part: { "--accent-contrast": null } },
  secondary: { secondary: { "background-color": null } },
  secondaryForeground: { secondary: { color: null } },
  muted: { part: { "--gray-3": null, "--gray-a3": null } },
  mutedForeground: { part: { "--gray-11": null, "--gray-a11": null } },
  accent: { part: { "--gray-4": null, "--gray-a4": null }, pointed: { "background-color": null } },
  accentForeground: { pointed: { color: null } },
  destructive: { part: { "--red-9": null, "--red-11": null, "--red-a11": null } },
  // Who says what stands on it wants it filled; by itself the design writes in this colour.
  destructiveForeground: { danger: { color: null, "background-color": () => "var(--red-9)" } },
  border: { part: { "--gray-5": null, "--gray-6": null, "--gray-a5": null, "--gray-a6": null } },
  input: { part: { "--gray-7": null, "--gray-a7": null, "--gray-a8": null } },
  ring: { part: { "--accent-8": null, "--focus-8": null } },
};
// Steps of the design's radii; the theme's radius is that of cards within a page (`--radius-4`).
const RADII = { "--radius-1": 0.375, "--radius-2": 0.5, "--radius-3": 0.75, "--radius-4": 1, "--radius-5": 1.5, "--radius-6": 2 };

const isColor = (value) =>
  typeof value === "string" && (HEX.test(value) || FUNCTION.test(value) || (NAMED.test(value) && CSS.supports("color", value)));

/** Nothing but the design's own colours. */
export const plainLook = () => ({ light: {}, dark: {} });

/** What of a look can be used, as properties by mode and scope, and the names of what cannot. */
export function readLook(told) {
  const look = plainLook();
  const put = (mode, scope, name, value) => ((look[mode][scope] ??= {})[name] = value);
  const refused = [];
  if (told === null || told === undefined) return { look, refused };
  if (typeof told !== "object" || Array.isArray(told)) return { look, refused: ["theme"] };
  for (const [name, value] of Object.entries(told)) {
    if (name === "mode") continue; // the page around chooses it
    if (name === "radius" && typeof value === "string" && LENGTH.test(value)) {
      for (const mode of MODES) for (const [place, share] of Object.entries(RADII)) put(mode, "part", place, `calc(${value} * ${share})`);
    } else if (MODES.includes(name) && value && typeof value === "object") {
      for (const [key, color] of Object.entries(value)) {
        if (!Object.hasOwn(PLACES, key) || !isColor(color)) refused.push(`${name}.${key}`);
        else for (const [scope, places] of Object.entries(PLACES[key])) {
          for (const [place, derive] of Object.entries(places)) put(name, scope, place, derive ? derive(color) : color);
        }
      }
    } else refused.push(name);
  }
  return { look, refused: refused.map((name) => name.slice(0, 60)) };
}

// More specific than the design's own colours, and also for dialogs, which stand beside the part.
const ROOT = ".radix-themes.radix-themes.radix-themes.radix-themes";
let rules = null;

/** Have the part look like that. */
export function wear(look) {
  if (!rules) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(Object.values(SCOPES).map((scope) => `${ROOT} ${scope && `:is(${scope})`} {}`).join("\n"));
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    rules = Object.fromEntries(Object.keys(SCOPES).map((scope, place) => [scope, sheet.cssRules[place]]));
  }
  for (const [scope, { style }] of Object.entries(rules)) {
    while (style.length) style.removeProperty(style[0]);
    for (const [name, value] of Object.entries(look[scope] ?? {})) style.setProperty(name, value);
  }
}
