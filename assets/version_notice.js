/* Tells whoever has a page of an older build open (hexclave_app/page_versions.py). Nothing is loaded anew by itself. */
import { Fragment, createElement, useEffect, useState } from "react";
import { useLocation } from "react-router";

const DASHBOARD = /^\/(projects|new-project)(\/|$)/;
const [OUTDATED, LEFT_BEHIND, HOSTED] = [0, 1, 2];

// On the pages of end users nobody is disturbed while all goes on: only a page that may fail says so.
const kindOf = (isOutdated, isLeftBehind, pathname) => {
  if (!isOutdated) return -1;
  if (DASHBOARD.test(pathname)) return isLeftBehind ? LEFT_BEHIND : OUTDATED;
  return isLeftBehind ? HOSTED : -1;
};

// The scripts of other pages may be gone with the build, so a link is a full load. Unsaved work is asked about before.
const loadAnew = (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || link.origin !== location.origin) return;
  if (link.pathname + link.search !== location.pathname + location.search) event.stopPropagation();
};

const press = (event, dismiss) => {
  if (event.target.closest("[data-reload]")) location.reload();
  else if (event.target.closest("[data-dismiss]")) dismiss();
};

export function VersionNotice({ newest, isLeftBehind, children }) {
  const { pathname } = useLocation();
  const [dismissed, dismiss] = useState("");
  const own = typeof window === "undefined" ? "" : window.hexclaveBuild;
  const isOutdated = Boolean(own && newest && own !== newest);

  useEffect(() => {
    window.hexclaveIsOutdated = isOutdated;
    if (!isOutdated) return;
    document.addEventListener("click", loadAnew, true);
    return () => document.removeEventListener("click", loadAnew, true);
  }, [isOutdated]);

  const [notices, page] = [children.slice(0, -1), children.at(-1)]; // what a wrap stands around comes last
  const told = `${newest} ${isLeftBehind}`;
  const notice = notices[kindOf(isOutdated, isLeftBehind, pathname)];
  return createElement(
    Fragment,
    null,
    page,
    notice && dismissed !== told && createElement("div", { onClick: (event) => press(event, () => dismiss(told)) }, notice),
  );
}
