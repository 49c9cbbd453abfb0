"""Parts of hosted pages inside other pages: who may frame them, and how a session moves (docs/embedding.md)."""
