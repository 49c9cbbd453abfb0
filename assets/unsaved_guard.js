/* Asks before a page with unsaved changes is left: by a link, by an event of the server, by the buttons of the browser. */
import { useEffect } from "react";
import { useBlocker } from "react-router";

const isAsked = () => Boolean(window.unsavedGuard?.changed);
const askBeforeUnload = (event) => isAsked() && event.preventDefault();

export function UnsavedGuard({ question }) {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isAsked() && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (blocker.state !== "blocked") return;
    if (!window.confirm(question)) return blocker.reset();
    window.unsavedGuard.changed = false;
    blocker.proceed();
  }, [blocker, question]);
  useEffect(() => {
    window.addEventListener("beforeunload", askBeforeUnload);
    return () => window.removeEventListener("beforeunload", askBeforeUnload);
  }, []);
  return null;
}
