"""Templates, themes, drafts and previews over the API."""

import uuid

import pytest

from hexclave_app.config.builtins import DEFAULT_THEME_ID, TEMPLATE_IDS, TEMPLATES
from hexclave_app.installation import Installation
from hexclave_app.services.emails import drafts
from hexclave_app.services.emails.previews import SAMPLE_TEMPLATE
from hexclave_app.services.emails.worker import EmailWorker
from models.base import JsonValue, utc_now
from tests.support.clients import ApiClient, known_error
from tests.support.outbox import outbox
from tests.support.projects import TestProject, as_admin, as_server, create_project
from tests.support.smtp import SmtpSink

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
pytestmark = on_sqlite
DARK = "a0172b5d-cff0-463b-83bb-85124697373a"
VERIFICATION = TEMPLATE_IDS["email_verification"]
CONTENT = "<mj-section><mj-column><mj-text>Mine</mj-text></mj-column></mj-section>"
GOOD = f"---\nsubject: Hi\ncategory: Transactional\n---\n{CONTENT}"


@pytest.fixture
def admin(client: ApiClient, project: TestProject) -> ApiClient:
    return as_admin(client, project)


@pytest.fixture
def shared(client: ApiClient, installation: Installation) -> ApiClient:
    return as_admin(client, create_project(installation, name="Shared"))


async def templates(admin: ApiClient) -> dict[str, dict[str, object]]:
    found = (await admin.get("/internal/email-templates")).json()["templates"]
    return {template["id"]: template for template in found}


async def test_templates_are_made_saved_and_removed(admin: ApiClient) -> None:
    assert set(await templates(admin)) == {template.id for template in TEMPLATES}
    made = (await admin.post("/internal/email-templates", {"display_name": "Welcome"})).json()["id"]
    assert (await templates(admin))[made]["tsx_source"] == SAMPLE_TEMPLATE
    path = f"/internal/email-templates/{made}"
    saved = await admin.patch(path, {"tsx_source": GOOD, "theme_id": DARK})
    assert "Mine" in saved.json()["rendered_html"]
    wanted = {"id": made, "display_name": "Welcome", "tsx_source": GOOD, "theme_id": DARK}
    assert (await templates(admin))[made] == wanted
    await admin.patch(path, {"tsx_source": GOOD})
    assert (await templates(admin))[made]["theme_id"] == DARK
    await admin.patch(path, {"tsx_source": GOOD, "theme_id": False})
    assert (await templates(admin))[made]["theme_id"] is False
    await admin.patch(path, {"tsx_source": GOOD, "theme_id": None})
    assert "theme_id" not in (await templates(admin))[made]
    assert (await admin.delete(path)).json() == {}
    assert made not in await templates(admin)
    assert (await admin.delete(path)).status_code == 404


async def test_deleting_a_customised_built_in_template_brings_its_default_back(admin: ApiClient) -> None:
    path = f"/internal/email-templates/{VERIFICATION}"
    original = (await templates(admin))[VERIFICATION]
    await admin.patch(path, {"tsx_source": GOOD})
    assert (await templates(admin))[VERIFICATION]["tsx_source"] == GOOD
    await admin.delete(path)
    assert (await templates(admin))[VERIFICATION] == original


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("---\ncategory: Transactional\n---\nx", "subject"),
        ("---\nsubject: x\n---\nx", "category"),
        ("---\nsubject: x\ncategory: Marketing\n---\n{{ nothing }}", "'nothing' is undefined"),
        ("export function EmailTemplate() { return <div/>; }", "TSX"),
        ("---\nsubject: {{ ''.__class__ }}\ncategory: Marketing\n---\nx", "not available"),
    ],
)
async def test_a_template_that_does_not_render_is_not_saved(admin: ApiClient, source: str, reason: str) -> None:
    response = await admin.patch(f"/internal/email-templates/{VERIFICATION}", {"tsx_source": source})
    assert known_error(response) == "EMAIL_RENDERING_ERROR"
    assert reason in response.json()["details"]["error"]
    assert (await templates(admin))[VERIFICATION]["tsx_source"] != source


async def test_with_the_shared_server_templates_stay_as_they_are(shared: ApiClient) -> None:
    for response in (
        await shared.post("/internal/email-templates", {"display_name": "x"}),
        await shared.patch(f"/internal/email-templates/{uuid.uuid4()}", {"tsx_source": "x"}),
        await shared.delete(f"/internal/email-templates/{VERIFICATION}"),
    ):
        assert known_error(response) == "REQUIRES_CUSTOM_EMAIL_SERVER"
    assert len(await templates(shared)) == 7


async def test_themes_are_made_saved_and_removed_even_with_the_shared_server(shared: ApiClient) -> None:
    made = (await shared.post("/internal/email-themes", {"display_name": "Ours"})).json()["id"]
    listed = (await shared.get("/internal/email-themes")).json()["themes"]
    assert listed[-1] == {"id": made, "display_name": "Ours"}
    path = f"/internal/email-themes/{made}"
    source = "<mjml><mj-body>{{ children }}</mj-body></mjml>"
    assert (await shared.patch(path, {"tsx_source": source})).json() == {"display_name": "Ours"}
    assert (await shared.get(path)).json() == {"id": made, "display_name": "Ours", "tsx_source": source}
    assert known_error(await shared.patch(path, {"tsx_source": "<mjml>"})) == "EMAIL_RENDERING_ERROR"
    assert (await shared.delete(path)).json() == {}
    assert (await shared.get(path)).status_code == 404
    assert (await shared.delete(f"/internal/email-themes/{DEFAULT_THEME_ID}")).status_code == 400
    assert (await shared.delete(f"/internal/email-themes/{uuid.uuid4()}")).status_code == 404


async def test_drafts_are_kept_changed_and_sent(
    admin: ApiClient, client: ApiClient, project: TestProject, worker: EmailWorker, sink: SmtpSink
) -> None:
    made = (await admin.post("/internal/email-drafts", {"display_name": "July", "theme_id": False})).json()["id"]
    path = f"/internal/email-drafts/{made}"
    first = (await admin.get(path)).json()
    assert (first["display_name"], first["theme_id"], first["sent_at_millis"]) == ("July", False, None)
    assert "category: Marketing" in first["tsx_source"]
    assert (await admin.patch(path, {"display_name": "August", "theme_id": DARK})).json() == {"ok": "ok"}
    second = (await admin.get("/internal/email-drafts")).json()["drafts"][0]
    assert (second["display_name"], second["theme_id"], second["tsx_source"]) == ("August", DARK, first["tsx_source"])
    server = as_server(client, project)
    user = (await server.post("/users", {"primary_email": "ada@example.org"})).json()["id"]
    await server.post("/emails/send-email", {"user_ids": [user], "draft_id": made})
    assert (await admin.get(path)).json()["sent_at_millis"] is not None
    await worker.step()
    (mail,) = sink.mails
    assert mail["Subject"] == "News from Acme"
    (listed,) = (await server.get("/emails/outbox")).json()["items"]
    assert (listed["created_with"], listed["email_draft_id"], listed["theme_id"]) == ("draft", made, DARK)
    assert (await admin.delete(path)).json() == {"ok": "ok"}
    assert (await admin.get(path)).status_code == 404
    assert (await admin.patch(path, {})).status_code == 404
    assert known_error(await admin.post("/internal/email-drafts", {"display_name": "x", "theme_id": None})) == (
        "SCHEMA_ERROR"
    )


async def test_a_draft_of_another_project_does_not_exist(admin: ApiClient, shared: ApiClient) -> None:
    made = (await admin.post("/internal/email-drafts", {"display_name": "July"})).json()["id"]
    for response in (
        await shared.get(f"/internal/email-drafts/{made}"),
        await shared.patch(f"/internal/email-drafts/{made}", {"display_name": "stolen"}),
        await shared.delete(f"/internal/email-drafts/{made}"),
    ):
        assert response.status_code == 404
    assert (await shared.get("/internal/email-drafts")).json() == {"drafts": []}


async def test_conversations_keep_their_messages_in_order(admin: ApiClient, shared: ApiClient) -> None:
    path = f"/internal/ai-chat/{uuid.uuid4()}"
    for message in ({"role": "user", "content": "Make it blue"}, ["any", "shape"], None):
        assert (await admin.patch(path, {"message": message})).json() == {}
    found = (await admin.get(path)).json()
    assert found == {"messages": [{"role": "user", "content": "Make it blue"}, ["any", "shape"], None]}
    assert (await shared.get(path)).json() == {"messages": []}


def test_messages_of_one_millisecond_keep_their_order(installation: Installation, project: TestProject) -> None:
    said: list[JsonValue] = list(range(8))
    thread, now = {"tenancy_id": project.tenancy_id, "thread_id": uuid.uuid4()}, utc_now()
    for content in said:
        installation.db.call(drafts.add_message, **thread, content=content, now=now)
    assert installation.db.call(drafts.list_messages, **thread) == said


async def test_previews_show_sample_values_in_the_chosen_theme(admin: ApiClient) -> None:
    body = {"template_id": TEMPLATE_IDS["magic_link"]}
    shown = (await admin.post("/emails/render-email", body)).json()
    assert set(shown) == {"html", "subject", "notification_category"}
    assert shown["subject"] == "Sign in to Acme: Your code is 3SLSWZ"
    assert "John Doe" in shown["html"]
    bare = (await admin.post("/emails/render-email", {**body, "theme_id": False})).json()["html"]
    dark = (await admin.post("/emails/render-email", {**body, "theme_id": DARK})).json()["html"]
    null = (await admin.post("/emails/render-email", {**body, "theme_id": None})).json()["html"]
    assert null == shown["html"]
    assert len({shown["html"], bare, dark}) == 3


async def test_previews_mark_what_can_be_edited(admin: ApiClient) -> None:
    body = {"template_tsx_source": GOOD, "editable_markers": True}
    shown = (await admin.post("/emails/render-email", body)).json()
    (region,) = shown["editable_regions"].values()
    assert (region["originalText"], region["sourceFile"], region["occurrenceIndex"]) == ("Mine", "template", 1)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "SCHEMA_ERROR"),
        ({"template_id": VERIFICATION, "template_tsx_source": "x"}, "SCHEMA_ERROR"),
        ({"template_id": VERIFICATION, "theme_id": DARK, "theme_tsx_source": "x"}, "SCHEMA_ERROR"),
        ({"template_id": str(uuid.UUID(int=0))}, None),
        ({"template_id": VERIFICATION, "theme_id": str(uuid.UUID(int=0))}, None),
        ({"template_tsx_source": "{% include 'x' %}"}, "EMAIL_RENDERING_ERROR"),
    ],
)
async def test_a_preview_that_cannot_be_made_says_why(
    admin: ApiClient, body: dict[str, object], code: str | None
) -> None:
    response = await admin.post("/emails/render-email", body)
    assert (response.status_code, known_error(response)) == (400, code)


async def test_a_template_becomes_a_draft_without_variables(admin: ApiClient) -> None:
    source = next(template.source for template in TEMPLATES if template.kind == "magic_link")
    rewritten = await admin.post("/internal/rewrite-template-source", {"template_tsx_source": source})
    draft = rewritten.json()["tsx_source"]
    assert "variable:" not in draft
    shown = (await admin.post("/emails/render-email", {"template_tsx_source": draft})).json()
    assert shown["subject"] == "Sign in to Acme: Your code is 3SLSWZ"
    broken = await admin.post("/internal/rewrite-template-source", {"template_tsx_source": "{{ nothing }}"})
    assert known_error(broken) == "TEMPLATE_SOURCE_REWRITE_ERROR"


async def test_a_customised_template_is_what_people_get(
    admin: ApiClient,
    client: ApiClient,
    project: TestProject,
    installation: Installation,
    worker: EmailWorker,
    sink: SmtpSink,
) -> None:
    source = "---\nsubject: Ahoy\ncategory: Marketing\nvariable: count number 1\n---\n<p>{{ variables.count + 1 }}</p>"
    made = (await admin.post("/internal/email-templates", {"display_name": "Ours"})).json()["id"]
    await admin.patch(f"/internal/email-templates/{made}", {"tsx_source": source})
    server = as_server(client, project)
    user = (await server.post("/users", {"primary_email": "ada@example.org"})).json()["id"]
    body = {"user_ids": [user], "template_id": made}
    await server.post("/emails/send-email", {**body, "variables": {"count": 41, "unused": "x"}})
    await server.post("/emails/send-email", {**body, "variables": {"count": "41"}})
    await admin.delete(f"/internal/email-templates/{made}")  # queued mails keep their source
    await worker.step()
    (mail,) = sink.mails
    assert mail["Subject"] == "Ahoy"
    assert "42" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # a missing part fails the test
    errors = [row.render_error["internal_message"] for row in outbox(installation) if row.render_error]
    assert errors == ["The variables do not fit the template: count must be a number."]
