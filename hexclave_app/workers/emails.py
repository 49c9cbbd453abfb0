"""The mail worker of the server process."""

from hexclave_app.installation import current_installation
from hexclave_app.services.emails.worker import EmailWorker


async def run() -> None:
    """Render and send queued mails until the server stops, where the settings want it here."""
    installation = current_installation()
    if installation.settings.email_worker:
        await EmailWorker(installation).run()
