"""The pages: `routes` has every path, `registry` adds every page to the app."""
