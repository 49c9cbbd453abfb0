"""Every path of the product's pages, once; builders stand beside the paths that take arguments."""

from typing import Final

HOME: Final = "/"
NOT_FOUND: Final = "404"  # Reflex's name for the page of unknown paths
DESIGN: Final = "/design"  # development only
SIGN_IN: Final = "/handler/sign-in"
SIGN_UP: Final = "/handler/sign-up"
SIGN_OUT: Final = "/handler/sign-out"
