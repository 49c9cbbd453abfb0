"""remove unused pictures

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

OURS = "LIKE '%/api/v1/blobs/%'"
PICTURES = ("project_user", "team", "team_membership")
LOGOS = ("logo_url", "logo_full_url", "logo_dark_mode_url", "logo_full_dark_mode_url")
SQLITE_NOW = "strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'"


def _sqlite_note(column: str) -> str:
    return (
        f"INSERT OR REPLACE INTO unused_file (url, unused_since)"
        f" SELECT OLD.{column}, {SQLITE_NOW} WHERE OLD.{column} {OURS};"
    )


def _sqlite() -> list[str]:
    statements = []
    for table in PICTURES:
        note = _sqlite_note("profile_image_url")
        statements += [
            f"""CREATE TRIGGER {table}_picture_update AFTER UPDATE OF profile_image_url ON {table}
                WHEN OLD.profile_image_url IS NOT NEW.profile_image_url BEGIN {note} END""",
            f"CREATE TRIGGER {table}_picture_delete AFTER DELETE ON {table} BEGIN {note} END",
        ]
    notes = " ".join(_sqlite_note(column) for column in LOGOS)
    return [*statements, f"CREATE TRIGGER project_picture_delete AFTER DELETE ON project BEGIN {notes} END"]


def _postgres_function(name: str, columns: tuple[str, ...]) -> str:
    notes = "\n".join(
        f"""IF OLD.{column} {OURS} THEN
            INSERT INTO unused_file (url, unused_since) VALUES (OLD.{column}, now())
            ON CONFLICT (url) DO UPDATE SET unused_since = excluded.unused_since;
        END IF;"""
        for column in columns
    )
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {notes} RETURN NULL; END $$"


def _postgres() -> list[str]:
    statements = [
        _postgres_function("note_unused_picture", ("profile_image_url",)),
        _postgres_function("note_unused_logos", LOGOS),
    ]
    for table in PICTURES:
        statements += [
            f"""CREATE TRIGGER {table}_picture_update AFTER UPDATE OF profile_image_url ON {table} FOR EACH ROW
                WHEN (OLD.profile_image_url IS DISTINCT FROM NEW.profile_image_url)
                EXECUTE FUNCTION note_unused_picture()""",
            f"""CREATE TRIGGER {table}_picture_delete AFTER DELETE ON {table} FOR EACH ROW
                WHEN (OLD.profile_image_url IS NOT NULL) EXECUTE FUNCTION note_unused_picture()""",
        ]
    return [
        *statements,
        """CREATE TRIGGER project_picture_delete AFTER DELETE ON project FOR EACH ROW
            EXECUTE FUNCTION note_unused_logos()""",
    ]


def upgrade() -> None:
    op.create_table(
        "unused_file",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("unused_since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_unused_file")),
    )
    for table in PICTURES:
        has_picture = sa.text("profile_image_url IS NOT NULL")
        op.create_index(
            f"ix_{table}_profile_image_url",
            table,
            ["profile_image_url"],
            sqlite_where=has_picture,
            postgresql_where=has_picture,
        )
    for statement in _sqlite() if op.get_bind().dialect.name == "sqlite" else _postgres():
        op.execute(statement)


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    changes = [(table, event) for table in PICTURES for event in ("update", "delete")]
    for table, event in [*changes, ("project", "delete")]:
        op.execute(f"DROP TRIGGER {table}_picture_{event}" + ("" if is_sqlite else f" ON {table}"))
    if not is_sqlite:
        op.execute("DROP FUNCTION note_unused_picture()")
        op.execute("DROP FUNCTION note_unused_logos()")
    for table in PICTURES:
        op.drop_index(f"ix_{table}_profile_image_url", table)
    op.drop_table("unused_file")
