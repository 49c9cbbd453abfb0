"""find users by trigrams

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

BIG_INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ID = "t.seq * 4294967296 + u.seq"

SQLITE_TEXT = """coalesce(u.display_name, '') || char(10) || coalesce((
    SELECT group_concat(c.value, char(10)) FROM contact_channel AS c
    WHERE c.tenancy_id = u.tenancy_id AND c.user_id = u.id
), '')"""
SQLITE_REFRESH = f"""UPDATE user_search SET text = (
    SELECT {SQLITE_TEXT} FROM project_user AS u WHERE u.tenancy_id = {{0}}.tenancy_id AND u.id = {{0}}.user_id
) WHERE tenancy_id = {{0}}.tenancy_id AND user_id = {{0}}.user_id
  AND EXISTS (SELECT 1 FROM project_user AS u WHERE u.tenancy_id = {{0}}.tenancy_id AND u.id = {{0}}.user_id)"""
SQLITE = [
    """CREATE VIRTUAL TABLE user_search_fts USING fts5(
        text, content='user_search', content_rowid='id', tokenize='trigram', columnsize=0
    )""",
    """CREATE TRIGGER user_search_after_insert AFTER INSERT ON user_search BEGIN
        INSERT INTO user_search_fts (rowid, text) VALUES (NEW.id, NEW.text);
    END""",
    """CREATE TRIGGER user_search_after_update AFTER UPDATE OF text ON user_search WHEN OLD.text <> NEW.text BEGIN
        INSERT INTO user_search_fts (user_search_fts, rowid, text) VALUES ('delete', OLD.id, OLD.text);
        INSERT INTO user_search_fts (rowid, text) VALUES (NEW.id, NEW.text);
    END""",
    """CREATE TRIGGER user_search_after_delete AFTER DELETE ON user_search BEGIN
        INSERT INTO user_search_fts (user_search_fts, rowid, text) VALUES ('delete', OLD.id, OLD.text);
    END""",
    f"""CREATE TRIGGER project_user_search_insert AFTER INSERT ON project_user BEGIN
        INSERT INTO user_search (id, tenancy_id, user_id, text)
        SELECT {ID}, u.tenancy_id, u.id, {SQLITE_TEXT}
        FROM project_user AS u JOIN tenancy AS t ON t.id = u.tenancy_id
        WHERE u.tenancy_id = NEW.tenancy_id AND u.id = NEW.id;
    END""",
    f"""CREATE TRIGGER project_user_search_update AFTER UPDATE OF display_name ON project_user BEGIN
        UPDATE user_search SET text = (
            SELECT {SQLITE_TEXT} FROM project_user AS u WHERE u.tenancy_id = NEW.tenancy_id AND u.id = NEW.id
        ) WHERE tenancy_id = NEW.tenancy_id AND user_id = NEW.id;
    END""",
    f"""CREATE TRIGGER contact_channel_search_insert AFTER INSERT ON contact_channel BEGIN
        {SQLITE_REFRESH.format("NEW")};
    END""",
    f"""CREATE TRIGGER contact_channel_search_update AFTER UPDATE OF value ON contact_channel BEGIN
        {SQLITE_REFRESH.format("NEW")};
    END""",
    f"""CREATE TRIGGER contact_channel_search_delete AFTER DELETE ON contact_channel BEGIN
        {SQLITE_REFRESH.format("OLD")};
    END""",
    f"""INSERT INTO user_search (id, tenancy_id, user_id, text)
        SELECT {ID}, u.tenancy_id, u.id, {SQLITE_TEXT}
        FROM project_user AS u JOIN tenancy AS t ON t.id = u.tenancy_id""",
]

POSTGRESQL_TEXT = """lower(coalesce(u.display_name, '') || chr(10) || coalesce((
    SELECT string_agg(c.value, chr(10)) FROM contact_channel AS c
    WHERE c.tenancy_id = u.tenancy_id AND c.user_id = u.id
), ''))"""
POSTGRESQL = [
    f"""CREATE FUNCTION user_search_refresh(of_tenancy uuid, of_user uuid) RETURNS void LANGUAGE sql AS $$
        INSERT INTO user_search (id, tenancy_id, user_id, text)
        SELECT {ID}, u.tenancy_id, u.id, {POSTGRESQL_TEXT}
        FROM project_user AS u JOIN tenancy AS t ON t.id = u.tenancy_id
        WHERE u.tenancy_id = of_tenancy AND u.id = of_user
        ON CONFLICT (id) DO UPDATE SET text = EXCLUDED.text
    $$""",
    """CREATE FUNCTION project_user_search() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        PERFORM user_search_refresh(NEW.tenancy_id, NEW.id); RETURN NULL;
    END $$""",
    """CREATE FUNCTION contact_channel_search() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP = 'DELETE' THEN PERFORM user_search_refresh(OLD.tenancy_id, OLD.user_id);
        ELSE PERFORM user_search_refresh(NEW.tenancy_id, NEW.user_id); END IF; RETURN NULL;
    END $$""",
    """CREATE TRIGGER project_user_search AFTER INSERT OR UPDATE OF display_name ON project_user
        FOR EACH ROW EXECUTE FUNCTION project_user_search()""",
    """CREATE TRIGGER contact_channel_search AFTER INSERT OR UPDATE OF value OR DELETE ON contact_channel
        FOR EACH ROW EXECUTE FUNCTION contact_channel_search()""",
    f"""INSERT INTO user_search (id, tenancy_id, user_id, text)
        SELECT {ID}, u.tenancy_id, u.id, {POSTGRESQL_TEXT}
        FROM project_user AS u JOIN tenancy AS t ON t.id = u.tenancy_id""",
    # Both extensions may be made by a database's owner. Without them search still works, only without an index.
    """DO $$ BEGIN
        CREATE EXTENSION IF NOT EXISTS pg_trgm; CREATE EXTENSION IF NOT EXISTS btree_gin;
        CREATE INDEX ix_user_search_trigrams ON user_search USING gin (tenancy_id, text gin_trgm_ops);
    EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
        RAISE WARNING 'no trigram index for user search: %', SQLERRM;
    END $$""",
]


def upgrade() -> None:
    op.add_column("tenancy", sa.Column("seq", BIG_INTEGER, nullable=True))
    op.execute("UPDATE tenancy SET seq = (SELECT count(*) FROM tenancy AS other WHERE other.id < tenancy.id) + 1")
    with op.batch_alter_table("tenancy") as table:
        table.alter_column("seq", existing_type=BIG_INTEGER, nullable=False)
        table.create_unique_constraint(op.f("uq_tenancy_seq"), ["seq"])
    op.create_table(
        "user_search",
        sa.Column("id", BIG_INTEGER, nullable=False),
        sa.Column("tenancy_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenancy_id", "user_id"],
            ["project_user.tenancy_id", "project_user.id"],
            name=op.f("fk_user_search_tenancy_id_project_user"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_search")),
        sa.UniqueConstraint("tenancy_id", "user_id", name=op.f("uq_user_search_tenancy_id_user_id")),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(sa.text(statement.replace(":", "\\:")))


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for trigger in (
            "project_user_search_insert", "project_user_search_update", "contact_channel_search_insert",
            "contact_channel_search_update", "contact_channel_search_delete",
        ):  # fmt: skip
            op.execute(f"DROP TRIGGER {trigger}")
        op.execute("DROP TABLE user_search_fts")
    else:
        op.execute("DROP TRIGGER project_user_search ON project_user")
        op.execute("DROP TRIGGER contact_channel_search ON contact_channel")
        for function in ("project_user_search()", "contact_channel_search()", "user_search_refresh(uuid, uuid)"):
            op.execute(f"DROP FUNCTION {function}")
    op.drop_table("user_search")
    with op.batch_alter_table("tenancy") as table:
        table.drop_constraint(op.f("uq_tenancy_seq"), type_="unique")
        table.drop_column("seq")
