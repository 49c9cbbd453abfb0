"""`make bench`: all benchmarks, or those that are named (`make bench ARGS="foundation scale"`), one after the other."""

import subprocess
import sys

NAMES = ("foundation", "authentication", "emails", "scale", "pages")


def main() -> None:
    """Run each in a process of its own; its table goes to `results/NAME.md`."""
    wanted = sys.argv[1:] or NAMES
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        sys.exit(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join(NAMES)}.")
    for name in wanted:
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=True)


if __name__ == "__main__":
    main()
