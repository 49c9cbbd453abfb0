"""The page that shows every embedded part, made of what its readers copy into their own pages."""

from html import escape
from typing import Final

_PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Embedded parts</title>
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
:root[data-theme=light] { color-scheme: light; }
:root[data-theme=dark] { color-scheme: dark; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; }
header { display: flex; gap: 1rem; align-items: center; flex-wrap: wrap; }
header h1 { font-size: 1.25rem; margin: 0 auto 0 0; }
section { border: 1px solid color-mix(in srgb, currentcolor 20%, transparent); border-radius: .75rem;
  padding: 1rem; margin: 1rem 0; }
h2 { font-size: 1rem; margin: 0 0 .75rem; }
pre { overflow-x: auto; font-size: .8125rem; padding: .75rem; border-radius: .5rem; margin: .75rem 0 0;
  background: color-mix(in srgb, currentcolor 7%, transparent); }
output { display: block; white-space: pre-wrap; overflow-wrap: anywhere; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 0 1rem; }
button { font: inherit; padding: .4rem .8rem; }
</style>
<script src="/hexclave.js" data-project-id="PROJECT_ID"></script>
</head>
<body>
<header>
<h1>Embedded parts</h1>
<hexclave-team-switcher allow-null></hexclave-team-switcher>
<hexclave-user-button show-user-info></hexclave-user-button>
<button type="button" id="theme">Light or dark</button>
</header>
<main>
<p>Every box is a page of this project inside this page. Look at the source: it is all there is to copy.</p>
<div class="columns">
<section aria-labelledby="in"><h2 id="in">Sign in</h2>
<hexclave-sign-in></hexclave-sign-in>
<pre tabindex="0">&lt;hexclave-sign-in&gt;&lt;/hexclave-sign-in&gt;</pre></section>
<section aria-labelledby="up"><h2 id="up">Sign up</h2>
<hexclave-sign-up theme='{
  "light": {"primary": "#0f766e", "ring": "#0f766e"},
  "dark": {"primary": "#2dd4bf", "primaryForeground": "#042f2e", "ring": "#2dd4bf"},
  "radius": "1rem"
}'></hexclave-sign-up>
<pre tabindex="0">&lt;hexclave-sign-up theme='{
  "light": {"primary": "#0f766e", "ring": "#0f766e"},
  "dark": {"primary": "#2dd4bf", "primaryForeground": "#042f2e", "ring": "#2dd4bf"},
  "radius": "1rem"
}'&gt;&lt;/hexclave-sign-up&gt;</pre></section>
</div>
<section aria-labelledby="who"><h2 id="who">Who the API says you are</h2>
<output id="user">Nobody is signed in.</output>
<pre tabindex="0">const token = await hexclave.getAccessToken();
const answer = await fetch("/api/v1/users/me", { headers: {
  "X-Hexclave-Access-Type": "client",
  "X-Hexclave-Project-Id": "PROJECT_ID",
  "X-Hexclave-Access-Token": token,
} });</pre></section>
<section aria-labelledby="settings"><h2 id="settings">Account settings</h2>
<hexclave-account-settings></hexclave-account-settings>
<pre tabindex="0">&lt;hexclave-account-settings&gt;&lt;/hexclave-account-settings&gt;</pre></section>
</main>
<script nonce="NONCE">
const output = document.getElementById("user");
async function show() {
  const token = await hexclave.getAccessToken();
  if (!token) { output.textContent = "Nobody is signed in."; return; }
  const answer = await fetch("/api/v1/users/me", { headers: {
    "X-Hexclave-Access-Type": "client",
    "X-Hexclave-Project-Id": "PROJECT_ID",
    "X-Hexclave-Access-Token": token,
  } });
  const user = await answer.json();
  output.textContent = `${user.display_name ?? user.primary_email}\\n${user.id}\\nteam: ${user.selected_team_id}`;
}
hexclave.on("session", show);
hexclave.on("team-selected", show);
show();
document.getElementById("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const now = root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  root.dataset.theme = now === "dark" ? "light" : "dark";
});
</script>
</body>
</html>
"""


def demo_page(project_id: str, *, nonce: str) -> str:
    """The page of a project; the nonce lets its own script run and no other."""
    return _PAGE.replace("PROJECT_ID", escape(project_id, quote=True)).replace("NONCE", nonce)
