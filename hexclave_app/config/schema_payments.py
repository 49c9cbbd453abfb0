"""Configuration of payments: product lines, products, prices and items."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from hexclave_app.config.markers import (
    ENVIRONMENT,
    MUST_BE_TRUE,
    USER_IDS,
    CustomerType,
    DefaultsToId,
    IntervalUnit,
    Number,
    Required,
    Section,
    money,
    whole_number,
)

DayInterval: TypeAlias = tuple[Annotated[Number, whole_number(0)], IntervalUnit]


class AutoPay(Section):
    """Automatic payment; stored for clients that read it."""

    interval: DayInterval | None = None


class ProductLine(Section):
    """A group of products of which a customer holds at most one."""

    display_name: str | None = None
    customer_type: CustomerType | None = None


class Price(Section):
    """Amounts by currency as decimal text, charged once or every interval."""

    usd: Annotated[str | None, money(2)] = Field(default=None, alias="USD")
    eur: Annotated[str | None, money(2)] = Field(default=None, alias="EUR")
    gbp: Annotated[str | None, money(2)] = Field(default=None, alias="GBP")
    jpy: Annotated[str | None, money(0)] = Field(default=None, alias="JPY")
    inr: Annotated[str | None, money(2)] = Field(default=None, alias="INR")
    aud: Annotated[str | None, money(2)] = Field(default=None, alias="AUD")
    cad: Annotated[str | None, money(2)] = Field(default=None, alias="CAD")
    interval: DayInterval | None = None
    server_only: bool = False
    free_trial: DayInterval | None = None


class IncludedItem(Section):
    """How much of an item a product grants, how often, and when the grant lapses."""

    quantity: Annotated[Number, Required()] = 0
    repeat: DayInterval | Literal["never"] = "never"
    expires: Literal["never", "when-purchase-expires", "when-repeated"] = "when-repeated"


class Product(Section):
    """Something that can be bought; the first price is the preselected one."""

    display_name: Annotated[str, DefaultsToId()] = ""
    product_line_id: str | None = None
    is_add_on_to: Annotated[Literal[False] | dict[str, Annotated[bool, MUST_BE_TRUE]], USER_IDS] = False
    customer_type: Annotated[CustomerType, Required()] = "user"
    free_trial: DayInterval | None = None
    server_only: bool = False
    stackable: bool | None = None
    prices: Annotated[dict[str, Price], USER_IDS] = Field(default_factory=dict)
    included_items: Annotated[dict[str, IncludedItem], USER_IDS] = Field(default_factory=dict)


class Item(Section):
    """A countable entitlement."""

    display_name: Annotated[str, DefaultsToId()] = ""
    customer_type: CustomerType = "user"


class Payments(Section):
    """Payments; in test mode purchases bypass the payment processor."""

    block_new_purchases: bool = False
    auto_pay: AutoPay | None = None
    product_lines: Annotated[dict[str, ProductLine], USER_IDS] = Field(default_factory=dict)
    products: Annotated[dict[str, Product], USER_IDS] = Field(default_factory=dict)
    items: Annotated[dict[str, Item], USER_IDS] = Field(default_factory=dict)
    test_mode: Annotated[bool, ENVIRONMENT] = True
