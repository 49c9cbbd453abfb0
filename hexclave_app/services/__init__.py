"""The domain: plain sync functions over a session; no HTTP, no Reflex. The caller owns the transaction."""
