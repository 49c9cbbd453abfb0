"""The languages of hosted pages and built-in mails. Everything that is said stands in `texts/<language>/*.ftl`.

How to change a text or add a language: docs/languages.md. Pure; imports nothing of the product.
"""
