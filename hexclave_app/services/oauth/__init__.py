"""OAuth: the authorization server toward apps, built on sign-ins at providers (contract 03, section 10)."""
