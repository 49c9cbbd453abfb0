"""The language of e-mail templates and themes: MJML with sandboxed Jinja placeholders, below a header of `key: value`.

Pure text in, text out. Sources come from administrators of projects and are never trusted: they are rendered only in
the locked processes of `gateways/mail/render_pool.py`.
"""
