"""Rules of the full schema that look at more than one value."""

from collections.abc import Iterator

from hexclave_app.config.schema import CompleteConfig
from hexclave_app.config.schema_payments import Payments


def cross_problems(config: CompleteConfig) -> Iterator[str]:
    """What is wrong between the values of a complete configuration."""
    yield from _email_problems(config)
    yield from _product_problems(config.payments)
    for database_id, database in config.db_sync.external_databases.items():
        if database.type == "postgres" and database.connection_string is None:
            yield f'"dbSync.externalDatabases.{database_id}.connectionString" is required.'


def _email_problems(config: CompleteConfig) -> Iterator[str]:
    server = config.emails.server
    if server.is_shared or server.provider != "managed":
        return
    required = {
        "password": server.password,
        "managedSubdomain": server.managed_subdomain,
        "managedSenderLocalPart": server.managed_sender_local_part,
    }
    for name, value in required.items():
        if value is None:
            yield f'"emails.server.{name}" is required for a managed server.'


def _product_problems(payments: Payments) -> Iterator[str]:
    for product_id, product in payments.products.items():
        path = f"payments.products.{product_id}"
        line = payments.product_lines.get(product.product_line_id or "")
        if product.product_line_id is not None and line is None:
            yield f'"{path}.productLineId" names no product line.'
        elif line is not None and line.customer_type != product.customer_type:
            yield f'"{path}.customerType" differs from that of its product line.'
        for price_id, price in product.prices.items():
            amounts = (price.usd, price.eur, price.gbp, price.jpy, price.inr, price.aud, price.cad)
            if all(amount is None for amount in amounts):
                yield f'"{path}.prices.{price_id}" has no amount in any currency.'
