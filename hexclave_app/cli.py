"""The command line: `./hexclave up | migrate | seed | doctor | keys`."""

import asyncio
import json
import os
import platform
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, TypeVar, cast

import typer
from sqlalchemy import text
from sqlmodel import Session

from hexclave_app import frontend, logs
from hexclave_app.db import migrate as migrate_database
from hexclave_app.installation import Installation, current_installation
from hexclave_app.security.secrets_file import SecretsFileError
from hexclave_app.server import serve
from hexclave_app.services import internal_project
from hexclave_app.services.audit.actors import ActingAs, Actor, ActorType, acting
from hexclave_app.services.audit.listing import has_head, verify_all
from hexclave_app.services.audit.recording import KEY as AUDIT_KEY
from hexclave_app.services.bulk.exporting import export_users
from hexclave_app.services.bulk.importing import Progress, Rejection, UserImport
from hexclave_app.services.bulk.rows import FileError
from hexclave_app.services.seeding import SeedError, apply_seed, load_seed
from hexclave_app.settings import DashboardSignUp, Settings, SettingsError, load_settings
from models.projects import INTERNAL_PROJECT_ID

T = TypeVar("T")

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
audit = typer.Typer(no_args_is_help=True, help="The log of administrative and security-relevant changes.")
app.add_typer(audit, name="audit")


@app.callback()
def main() -> None:
    """User infrastructure in one process."""
    os.umask(0o077)  # database, files and secrets are for this account alone
    logs.configure_logging(as_json=not sys.stderr.isatty())
    acting.set(ActingAs(Actor(ActorType.COMMAND_LINE)))


@app.command()
def up() -> None:
    """Create what is missing, migrate the database, build the pages if they changed, and serve everything."""
    settings = _settings()
    installation = _prepare(settings)
    if settings.seed_file is not None:
        _seed(installation, settings.seed_file)
    _or_exit(frontend.ensure_built, frontend.BuildError)
    if unused := settings.without_effect():
        typer.secho(f"Given, but without effect in this version: {', '.join(unused)}.", fg=typer.colors.YELLOW)
    typer.echo(_greeting(settings, has_administrator=installation.db.call(internal_project.has_administrator)))
    acting.set(None)  # what runs in the server from now on acts for those who ask
    serve(settings)


@app.command()
def migrate(revision: Annotated[str, typer.Argument(help="head, base, -1 or a revision")] = "head") -> None:
    """Bring the database schema to a revision."""
    settings = _settings()
    migrate_database(settings.sqlalchemy_url, revision)
    typer.echo(f"The database is at {revision}.")


@app.command()
def seed(file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="JSON or TOML")]) -> None:
    """Set up projects, users and teams as a file describes them; applying it twice changes nothing."""
    _seed(_prepare(_settings()), file)


@app.command(name="import")
def import_users(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help=".csv or .jsonl")],
    project: Annotated[str, typer.Option(help="id of the project that gets the users")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="check every line and keep nothing")] = False,
    restart: Annotated[bool, typer.Option("--restart", help="begin again with the first line")] = False,
) -> None:
    """Import users; a broken-off import of the same file goes on where it stopped. Rejected lines go to a file."""
    installation = _prepare(_settings())
    rejected = file.with_name(f"{file.stem}.rejected.jsonl")

    def on_batch(progress: Progress, rejections: list[Rejection]) -> None:
        if rejections and not dry_run:
            with rejected.open("a") as log:
                log.writelines(f"{json.dumps(asdict(rejection))}\n" for rejection in rejections)
        for rejection in rejections if dry_run else []:
            typer.echo(f"line {rejection.line}: {rejection.reason}", err=True)
        typer.echo(f"\r{progress.lines:,} lines", nl=False, err=True)

    def run() -> Progress:
        job = UserImport(installation, project_id=project, path=file, is_dry_run=dry_run, restarts=restart)
        return job.run(on_batch)

    done = _or_exit(run, FileError)
    resumed = f" (from line {done.resumed_at + 1:,} on)" if done.resumed_at else ""
    kept = " Nothing was kept: this was a dry run." if dry_run else ""
    typer.echo(
        f"\n{done.created:,} created, {done.skipped:,} were there already, {done.rejected:,} rejected{resumed}.{kept}"
    )
    if done.rejected:
        if not dry_run:
            typer.echo(f"The rejected lines and why: {rejected}", err=True)
        raise typer.Exit(1)


@app.command()
def export(
    file: Annotated[Path, typer.Argument(dir_okay=False, help=".csv or .jsonl; an existing one is replaced")],
    project: Annotated[str, typer.Option(help="id of the project")],
    secrets: Annotated[bool, typer.Option("--secrets", help="with password hashes and TOTP secrets")] = False,
) -> None:
    """Export all users of a project, in the form that `import` reads; the file is readable by you alone."""
    installation = _prepare(_settings())

    def on_batch(count: int) -> None:
        typer.echo(f"\r{count:,} users", nl=False, err=True)

    def run() -> int:
        return export_users(installation, project_id=project, path=file, with_secrets=secrets, on_batch=on_batch)

    typer.echo(f"\n{_or_exit(run, FileError):,} users exported to {file}.")


@app.command()
def keys() -> None:
    """Show the keys of project `internal` (keep them secret)."""
    for name, key in internal_project.internal_keys(_settings()).items():
        typer.echo(f"{name} = {key}")


@audit.command()
def verify(
    project: Annotated[str | None, typer.Option(help="id of one project; all when absent")] = None,
    expect: Annotated[str | None, typer.Option(help="the end of that project's log as it was once noted")] = None,
) -> None:
    """Check that no entry of the audit log was changed, dropped or inserted; exit status 1 when one was."""
    installation = _prepare(_settings())
    key = cast("bytes", installation.db.info[AUDIT_KEY])
    reports = installation.db.call(lambda session: list(verify_all(session, key=key, project_id=project)))
    if project is not None and not reports:
        typer.secho(f"There is no project {project}.", fg=typer.colors.RED, err=True)
        raise typer.Exit(2)
    is_broken = False
    for project_id, verdict in ((report.project_id, report.verdict) for report in reports):
        if verdict.broken_at is not None:
            is_broken = True
            typer.echo(f"FAIL  {project_id}: entry {verdict.broken_at} is wrong or missing")
        else:
            typer.echo(f"ok    {project_id}: {verdict.entries} entries, end {verdict.head}")
    if expect is not None and not installation.db.call(has_head, project_id=project or INTERNAL_PROJECT_ID, mac=expect):
        is_broken = True
        typer.echo(f"FAIL  no entry ends in {expect}: the log was set back")
    if is_broken:
        raise typer.Exit(1)


@app.command()
def doctor() -> None:
    """Check settings, secrets, database and pages; exit status 1 when something is wrong."""
    settings = _settings()
    checks: list[tuple[str, Callable[[], str]]] = [
        ("settings", lambda: f"public URL {settings.origin}, data in {settings.data_dir.absolute()}"),
        ("secrets", lambda: f"readable by you alone ({len(settings.secrets.sealing_key) * 4}-bit sealing key)"),
        ("database", _database_report),
        (
            "pages",
            lambda: "built and up to date" if frontend.is_built() else "not built yet: they are at the next start",
        ),
        ("python", platform.python_version),
    ]
    failures = 0
    for name, check in checks:
        try:
            typer.echo(f"ok    {name}: {check()}")
        except Exception as error:  # noqa: BLE001 - a failing check is this command's result
            failures += 1
            typer.echo(f"FAIL  {name}: {error}")
    if failures:
        raise typer.Exit(1)


def _settings() -> Settings:
    return _or_exit(load_settings, SettingsError)


def _prepare(settings: Settings) -> Installation:
    _or_exit(lambda: settings.secrets, SecretsFileError)
    migrate_database(settings.sqlalchemy_url)
    installation = current_installation()
    installation.db.call(internal_project.ensure, settings=settings)
    return installation


def _seed(installation: Installation, file: Path) -> None:
    loaded = _or_exit(lambda: load_seed(file), SeedError)
    report = _or_exit(lambda: asyncio.run(apply_seed(installation, loaded)), SeedError)
    typer.echo(f"{file}: {report}")


def _or_exit(work: Callable[[], T], error_type: type[Exception]) -> T:
    try:
        return work()
    except error_type as error:
        typer.secho(str(error), fg=typer.colors.RED, err=True)
        raise typer.Exit(2) from None


def _database_report() -> str:
    def read(session: Session) -> str:
        return str(session.execute(text("SELECT version_num FROM alembic_version")).scalar_one())

    installation = current_installation()
    revision = installation.db.call(read)
    return f"{'SQLite' if installation.db.is_sqlite else 'PostgreSQL'} at revision {revision}"


def _greeting(settings: Settings, *, has_administrator: bool) -> str:
    lines = ["", f"  Hexclave is running at {settings.origin}", ""]
    if has_administrator:
        lines.append(f"  Sign in to the dashboard: {settings.origin}/handler/sign-in")
    elif settings.dashboard_sign_up_mode is DashboardSignUp.CLOSED:
        lines.append(
            "  Nobody can sign up (HEXCLAVE_DASHBOARD_SIGN_UP=closed). Create an administrator with a seed file."
        )
    else:
        lines.append(f"  Create the first administrator account: {_first_sign_up(settings)}")
    lines += [
        f"  API for the SDKs:         {settings.origin}",
        "  A project with sample users: ./hexclave seed seeds/development.toml",
        "",
    ]
    return "\n".join(lines)


def _first_sign_up(settings: Settings) -> str:
    page = f"{settings.origin}/handler/sign-up"
    if settings.is_local:
        return page
    code = internal_project.set_up_code(settings)
    return f"{page}?{internal_project.SET_UP_PARAMETER}={code}\n  (Keep it to yourself: it makes an administrator.)"


if __name__ == "__main__":
    app()
