"""Parts of hosted pages that other pages have inside (docs/embedding.md)."""
