"""Known errors of payments."""

from hexclave_app.errors.base import KnownError


def _why_not_available(noun: str, configured: str | None, actual: str) -> str:
    if configured:
        return (
            f"The {noun} is configured to only be available for {configured} customers, but the customer is a {actual}."
        )
    return f"The {noun} is missing a customer type field. Please make sure it is set up correctly in your project configuration."


class CustomerDoesNotExist(KnownError):
    """Reserved: defined and decoded by the SDK, not raised by the reference server of April."""

    code, status = "CUSTOMER_DOES_NOT_EXIST", 400

    def __init__(self, *, customer_id: str) -> None:
        super().__init__(f'Customer with ID "{customer_id}" does not exist.', customer_id=customer_id)


class DefaultPaymentMethodRequired(KnownError):
    """Subscription switch without default payment method."""

    code, status = "DEFAULT_PAYMENT_METHOD_REQUIRED", 400

    def __init__(self, *, customer_type: str, customer_id: str) -> None:
        super().__init__(
            "No default payment method is set for this customer.", customer_type=customer_type, customer_id=customer_id
        )


class ItemCustomerTypeDoesNotMatch(KnownError):
    """Customer type in the path differs from the type configured on the item."""

    code, status = "ITEM_CUSTOMER_TYPE_DOES_NOT_MATCH", 400

    def __init__(
        self, *, item_id: str, customer_id: str, item_customer_type: str | None, actual_customer_type: str
    ) -> None:
        super().__init__(
            f'The {actual_customer_type} with ID "{customer_id}" is not a valid customer for the item with ID "{item_id}". '
            + _why_not_available("item", item_customer_type, actual_customer_type),
            item_id=item_id,
            customer_id=customer_id,
            item_customer_type=item_customer_type,
            actual_customer_type=actual_customer_type,
        )


class ItemNotFound(KnownError):
    """Payments item id unknown; also reused as generic not-found for session replays/chunks and analytics query ids."""

    code, status = "ITEM_NOT_FOUND", 404

    def __init__(self, *, item_id: str) -> None:
        super().__init__(f'Item with ID "{item_id}" not found.', item_id=item_id)


class ItemQuantityInsufficientAmount(KnownError):
    """Quantity update without allow_negative would go below zero; team-invitation acceptance over a seat limit."""

    code, status = "ITEM_QUANTITY_INSUFFICIENT_AMOUNT", 400

    def __init__(self, *, item_id: str, customer_id: str, quantity: int) -> None:
        super().__init__(
            f'The item with ID "{item_id}" has an insufficient quantity for the customer with ID "{customer_id}". An attempt was made to charge {quantity} credits.',
            item_id=item_id,
            customer_id=customer_id,
            quantity=quantity,
        )


class NewPurchasesBlocked(KnownError):
    """Project config blocks new purchases."""

    code, status = "NEW_PURCHASES_BLOCKED", 403

    def __init__(self) -> None:
        super().__init__(
            "New purchases are currently blocked for this project. Please contact support for more information."
        )


class OneTimePurchaseAlreadyRefunded(KnownError):
    """Refund of an already refunded purchase."""

    code, status = "ONE_TIME_PURCHASE_ALREADY_REFUNDED", 400

    def __init__(self, *, one_time_purchase_id: str) -> None:
        super().__init__(
            f'One-time purchase with ID "{one_time_purchase_id}" was already refunded.',
            one_time_purchase_id=one_time_purchase_id,
        )


class OneTimePurchaseNotFound(KnownError):
    """Refund of an unknown one-time purchase."""

    code, status = "ONE_TIME_PURCHASE_NOT_FOUND", 404

    def __init__(self, *, one_time_purchase_id: str) -> None:
        super().__init__(
            f'One-time purchase with ID "{one_time_purchase_id}" does not exist.',
            one_time_purchase_id=one_time_purchase_id,
        )


class ProductAlreadyGranted(KnownError):
    """Non-stackable product already owned by the customer."""

    code, status = "PRODUCT_ALREADY_GRANTED", 400

    def __init__(self, *, product_id: str, customer_id: str) -> None:
        super().__init__(
            f'Customer with ID "{customer_id}" already owns product "{product_id}".',
            product_id=product_id,
            customer_id=customer_id,
        )


class ProductCustomerTypeDoesNotMatch(KnownError):
    """Customer type differs from the one of the product (configured or inline)."""

    code, status = "PRODUCT_CUSTOMER_TYPE_DOES_NOT_MATCH", 400

    def __init__(
        self, *, product_id: str | None, customer_id: str, product_customer_type: str | None, actual_customer_type: str
    ) -> None:
        super().__init__(
            f'The {actual_customer_type} with ID "{customer_id}" is not a valid customer for the inline product that has been'
            " passed in. " + _why_not_available("product", product_customer_type, actual_customer_type),
            product_id=product_id,
            customer_id=customer_id,
            product_customer_type=product_customer_type,
            actual_customer_type=actual_customer_type,
        )


class ProductDoesNotExist(KnownError):
    """Product id unknown, or server-only product requested with client access."""

    code, status = "PRODUCT_DOES_NOT_EXIST", 400

    def __init__(self, *, product_id: str, context: str | None) -> None:
        texts = {
            "item_exists": "does not exist, but an item with this ID exists.",
            "server_only": "is marked as server-only and cannot be accessed client side.",
        }
        text = texts.get(context or "", "does not exist.")
        super().__init__(f'Product with ID "{product_id}" {text}', product_id=product_id, context=context)


class StripeAccountInfoNotFound(KnownError):
    """Project has no Stripe account."""

    code, status = "STRIPE_ACCOUNT_INFO_NOT_FOUND", 404

    def __init__(self) -> None:
        super().__init__("Stripe account information not found. Please make sure the user has onboarded with Stripe.")


class SubscriptionAlreadyRefunded(KnownError):
    """Refund of an already refunded subscription."""

    code, status = "SUBSCRIPTION_ALREADY_REFUNDED", 400

    def __init__(self, *, subscription_id: str) -> None:
        super().__init__(
            f'Subscription with ID "{subscription_id}" was already refunded.', subscription_id=subscription_id
        )


class SubscriptionInvoiceNotFound(KnownError):
    """Refund of an unknown subscription invoice."""

    code, status = "SUBSCRIPTION_INVOICE_NOT_FOUND", 404

    def __init__(self, *, subscription_invoice_id: str) -> None:
        super().__init__(
            f'Subscription invoice with ID "{subscription_invoice_id}" does not exist.',
            subscription_invoice_id=subscription_invoice_id,
        )


class TestModePurchaseNonRefundable(KnownError):
    """Refund of a test-mode purchase."""

    code, status = "TEST_MODE_PURCHASE_NON_REFUNDABLE", 400

    def __init__(self) -> None:
        super().__init__("Test mode purchases are not refundable.")
