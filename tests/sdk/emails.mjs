// E-mails: a project with its own mail server sends, follows, edits and previews them.
import net from "node:net";
import { adminApp, assert, freshEmail, serverApp } from "./support.mjs";

const received = [];
const sink = net.createServer((socket) => {
  let buffer = "";
  let mail = null;
  socket.write("220 sink\r\n");
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    buffer += chunk.toString("latin1");
    for (let end = buffer.indexOf("\r\n"); end >= 0; end = buffer.indexOf("\r\n")) {
      const line = buffer.slice(0, end);
      buffer = buffer.slice(end + 2);
      if (mail !== null && line !== ".") {
        mail.push(line);
      } else if (mail !== null) {
        received.push(mail.join("\n"));
        mail = null;
        socket.write("250 taken\r\n");
      } else if (line === "DATA") {
        mail = [];
        socket.write("354 go on\r\n");
      } else {
        socket.write(line === "QUIT" ? "221 bye\r\n" : "250 ok\r\n");
      }
    }
  });
});
await new Promise((resolve) => sink.listen(0, "127.0.0.1", resolve));
const { port } = sink.address();

async function until(find) {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = await find();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail("waited too long");
}

const admin = adminApp();
const server = serverApp();
const email = freshEmail();
const ada = await server.createUser({ primaryEmail: email, primaryEmailVerified: true, displayName: "Ada" });
await assert.rejects(server.sendEmail({ userIds: [ada.id], html: "x" }), (error) => {
  return error.errorCode === "REQUIRES_CUSTOM_EMAIL_SERVER";
});

const emailConfig = { host: "127.0.0.1", port, username: "acme", password: "secret" };
const sender = { senderName: "Acme", senderEmail: "hello@acme.example" };
const failed = await admin.sendTestEmail({ recipientEmail: email, emailConfig: { ...emailConfig, ...sender } });
assert.equal(failed.status, "error", "the sink offers no AUTH");
const project = await admin.getProject();
await project.update({ config: { emailConfig: { type: "standard", ...emailConfig, ...sender } } });
await project.updateConfig({ "emails.server": { isShared: false, provider: "smtp", ...emailConfig, username: "", ...sender } });

await server.sendEmail({ userIds: [ada.id], html: "<p>Hello from the SDK</p>", subject: "News" });
const sent = await until(async () => {
  const { items } = await admin.listOutboxEmails();
  return items.find((item) => item.status === "sent");
});
assert.equal(sent.subject, "News");
assert.equal(sent.to.userId, ada.id);
assert.equal(sent.hasDelivered, true);
assert.match(sent.html, /Hello from the SDK/);
assert.equal((await admin.getOutboxEmail(sent.id)).status, "sent");
assert.match(received[0], /^Subject: News$/m);
assert.match(received[0], new RegExp(`^To: ${email}$`, "m"));

const scheduledAt = new Date(Date.now() + 86_400_000);
await server.sendEmail({ allUsers: true, html: "later", scheduledAt });
const waiting = await until(async () => {
  const { items } = await admin.listOutboxEmails({ status: "scheduled" });
  return items[0];
});
assert.equal(waiting.scheduledAt.getTime(), scheduledAt.getTime());
assert.equal((await admin.pauseOutboxEmail(waiting.id)).status, "paused");
assert.equal((await admin.unpauseOutboxEmail(waiting.id)).status, "scheduled");
const cancelled = await admin.cancelOutboxEmail(waiting.id);
assert.equal(cancelled.status, "skipped");
assert.equal(cancelled.skippedReason, "MANUALLY_CANCELLED");
await assert.rejects(admin.cancelOutboxEmail(waiting.id), (error) => error.errorCode === "EMAIL_NOT_EDITABLE");

const stats = await server.getEmailDeliveryStats();
assert.equal(stats.stats.hour.sent, 1);
assert.equal(stats.capacity.boost_multiplier, 1);
await server.activateEmailCapacityBoost();
assert.equal((await server.getEmailDeliveryStats()).capacity.boost_multiplier, 4);

const templates = await admin.listEmailTemplates();
assert.equal(templates.length, 7);
const { id } = await admin.createEmailTemplate("Welcome");
const source = '---\nsubject: Welcome {{ user.displayName }}\ncategory: Marketing\nvariable: city string "Rome"\n---\n<p>{{ variables.city }}</p>';
assert.match((await admin.updateEmailTemplate(id, source)).renderedHtml, /Rome/);
assert.match(await admin.getEmailPreview({ templateId: id }), /Rome/);
await server.sendEmail({ userIds: [ada.id], templateId: id, variables: { city: "Paris" } });
const marketing = await until(async () => received.find((mail) => /^Subject: Welcome Ada$/m.test(mail)));
assert.match(marketing, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m);
await admin.deleteEmailTemplate(id);

const [transactional, news] = await ada.listNotificationCategories();
assert.equal(transactional.canDisable, false);
await news.setEnabled(false);
await server.sendEmail({ userIds: [ada.id], html: "x", notificationCategoryName: "Marketing" });
await until(async () => {
  const { items } = await admin.listOutboxEmails({ status: "skipped" });
  return items.find((item) => item.skippedReason === "USER_UNSUBSCRIBED");
});

const theme = await admin.createEmailTheme("Ours");
await admin.updateEmailTheme(theme.id, "<mjml><mj-body>{{ children }}</mj-body></mjml>");
assert.equal((await admin.listEmailThemes()).length, 4);
await admin.deleteEmailTheme(theme.id);
const draft = await admin.createEmailDraft({ displayName: "July", themeId: false });
await admin.updateEmailDraft(draft.id, { displayName: "August" });
assert.equal((await admin.listEmailDrafts()).find((one) => one.id === draft.id).displayName, "August");
await server.sendEmail({ userIds: [ada.id], draftId: draft.id });
await admin.deleteEmailDraft(draft.id);
assert.ok((await admin.listSentEmails()).length >= 4);
sink.close();
console.log("emails ok");
process.exit(0);
