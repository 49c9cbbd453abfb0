"""OAuth providers: what each one is like, and the only way to talk to them."""
