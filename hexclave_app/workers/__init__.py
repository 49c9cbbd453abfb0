"""Work that happens outside requests: claim, act, record."""
