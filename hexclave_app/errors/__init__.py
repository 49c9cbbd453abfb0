"""The known errors: one class each; code, status and details are those of `docs/contract/known-errors.csv`."""

from hexclave_app.errors.auth import *
from hexclave_app.errors.base import ApiError as ApiError
from hexclave_app.errors.base import KnownError as KnownError
from hexclave_app.errors.base import StatusError as StatusError
from hexclave_app.errors.base import TooManyAttempts as TooManyAttempts
from hexclave_app.errors.base import all_known_errors as all_known_errors
from hexclave_app.errors.keys import *
from hexclave_app.errors.oauth import *
from hexclave_app.errors.payments import *
from hexclave_app.errors.platform import *
from hexclave_app.errors.protocol import *
from hexclave_app.errors.users import *
