/* Tells the script in the head (components/ui/early.py) when the page has come to life, and when its state is there. */
import { useEffect } from "react";

export function EarlyInput({ isLive, children }) {
  useEffect(() => window.hexclaveEarlyInput(isLive), [isLive]);
  return children;
}
