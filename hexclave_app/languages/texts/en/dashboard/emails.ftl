# Sent e-mails: the list, the viewer, what became of them, the sender's reputation, and the dialog that sends.

emails-title = E-mails
emails-text = The e-mails of the project, newest first. The list follows what happens.
emails-loading = E-mails, loading
emails-send = Send e-mail
emails-inbox-note = No e-mail leaves this machine: without a mail server, every message stays here. Open one to use its links and codes.
emails-view = How to show e-mails
emails-view-list = List
emails-view-groups = By template or draft
emails-waiting = { $number ->
    [one] 1 e-mail of a large mailing will follow.
   *[other] { $number } e-mails of a large mailing will follow.
}
emails-newer = Newer
emails-older = Older

emails-column-subject = Subject
emails-column-recipient = Recipient
emails-column-status = Status
emails-column-time = Time
emails-filter = Which e-mails
emails-filter-all = All e-mails
emails-filter-waiting = On their way
emails-filter-scheduled = Scheduled
emails-filter-paused = Paused
emails-filter-failed = Failed
emails-filter-skipped = Skipped
emails-category-filter = Which category
emails-every-category = Every category
emails-search = Search recipients
emails-search-hint = Name, address or user id
emails-page-length = E-mails on a page
emails-page-length-value = { $number } on a page
emails-none = No e-mails yet
emails-none-text = They appear here when somebody signs in with a code, resets a password, or your server sends one.
emails-none-found = Nothing here
emails-none-found-text = No e-mail fits what you look for.
emails-not-rendered = Not rendered yet
emails-no-subject = (No subject)
emails-no-address = No address
emails-missing = There is no such e-mail.

emails-status-paused = Paused
emails-status-preparing = Preparing
emails-status-rendering = Rendering
emails-status-scheduled = Scheduled
emails-status-queued = Queued
emails-status-sending = Sending
emails-status-sent = Sent
emails-status-opened = Opened
emails-status-clicked = Clicked
emails-status-skipped = Skipped
emails-status-delayed = Delayed
emails-status-spam = Called spam
emails-status-bounced = Bounced
emails-status-server-error = Not sent
emails-status-render-error = Not rendered
emails-status-unknown = Unknown

emails-groups = E-mails by template or draft
emails-groups-column-source = Sent from
emails-groups-column-recipients = Recipients
emails-groups-column-outcome = What became of them
emails-groups-column-newest = Newest
emails-groups-cut = Only the 200 templates and drafts with the newest e-mails are listed.
emails-source-draft = Draft
emails-source-template = Template
emails-source-none-kind = Other
emails-source-none = Without template or draft
emails-source-deleted = Deleted
emails-source-missing = There are no e-mails at this address.
emails-source-loading = E-mails of one template, loading
emails-source-title = Sent e-mails
emails-source-text = The e-mails that were made from one template, or from none, newest first.
emails-outcomes = What became of them
emails-outcome-sent = { $number } sent
emails-outcome-bounced = { $number } bounced
emails-outcome-spam = { $number } called spam
emails-outcome-failed = { $number } failed
emails-outcome-skipped = { $number } cancelled or skipped
emails-outcome-pending = { $number } pending
emails-outcome-none = Nothing was sent yet.

emails-reputation = Domain reputation
emails-reputation-hour = In the last hour
emails-reputation-sent-label = Sent
emails-reputation-sent = { $sent } of { $capacity } e-mails
emails-reputation-bounces-label = Bounced
emails-reputation-spam-label = Called spam
emails-reputation-rate = { $rate } % of at most { $limit } % ({ $number })
emails-reputation-good = Good
emails-reputation-bad = Too high
emails-reputation-full = Used up
emails-boost = Boost for 4 hours
emails-boosted-badge = Boosted
emails-boost-left = Four times the capacity for { $time }
emails-boosted = Four times the capacity for four hours.

emails-viewer-close = Close e-mail
emails-viewer-to = To { $recipient }
emails-viewer-sample = This is how it will look, with sample values: it is not rendered yet.
emails-viewer-nothing = The e-mail is not rendered yet.
emails-viewer-message = Message
emails-viewer-plain = Text
emails-viewer-frame = E-mail content
emails-viewer-plain-label = Text of the e-mail
emails-viewer-codes = Codes
emails-viewer-code = code
emails-viewer-links = Links
emails-viewer-link = link
emails-viewer-about-server = Is the server right? Look at the { $settings }, then send it again.
emails-viewer-timeline = Timeline
emails-viewer-details = Details
emails-pause = Pause
emails-resume = Resume
emails-edit = Edit
emails-again = Send again
emails-again-title = Send this e-mail again?
emails-again-text = It is rendered and sent anew. If the mail server took it after all, it arrives twice.
emails-sent-again = The e-mail is on its way again.
emails-has-not-failed = The e-mail has not failed.
emails-cancel = Cancel e-mail
emails-cancel-title = Cancel this e-mail?
emails-cancel-text = It will never be sent. This cannot be undone.
emails-cancelled = The e-mail will not be sent.
emails-send-at = Not before (UTC)
emails-send-at-hint = Empty means now
emails-change-time = Change time
emails-rescheduled = The time is changed.
emails-last-attempt = Last attempt: { $problem }
emails-skipped-unsubscribed = Skipped: the user has unsubscribed.
emails-skipped-deleted = Skipped: the user’s account is deleted.
emails-skipped-no-primary = Skipped: the user has no primary address.
emails-skipped-no-address = Skipped: there is no address.
emails-skipped-not-deliverable = Skipped: the address is likely not to exist.
emails-skipped-cancelled = Skipped: somebody cancelled it.
emails-skipped-suppressed = Skipped: { $address } is among the suppressed addresses ({ $why }).
emails-moment-created = Created
emails-moment-scheduled = Scheduled for
emails-moment-rendering = Rendering
emails-moment-rendered = Rendered
emails-moment-attempt = Attempt { $number } failed
emails-moment-next-attempt = Next attempt
emails-moment-sending = Sending
emails-moment-handed-over = Handed over
emails-moment-failed = Failed
emails-moment-skipped = Skipped
emails-moment-delivered = Delivered
emails-moment-delayed = Delayed
emails-moment-bounced = Bounced
emails-moment-opened = Opened
emails-moment-clicked = Clicked
emails-moment-spam = Called spam
emails-moment-unsubscribed = Unsubscribed
emails-detail-id = E-mail id
emails-detail-user = User id
emails-detail-draft = Draft
emails-detail-template = Template
emails-detail-category = Category
emails-detail-priority = Priority
emails-detail-high = High
emails-detail-check = Check of the address
emails-detail-left-out = Left out
emails-detail-delivery = Delivery
emails-detail-reported = Reported by the provider
emails-detail-not-reported = Not reported by this mail server
emails-detail-attempts = Failed attempts

emails-edit-waits = The e-mail waits while you write, and goes on when you save or leave.
emails-edit-discard = Discard
emails-edit-save = Save and resume
emails-edit-back = Back to the list
emails-edit-noun = e-mail
emails-edit-nameless = E-mail
emails-edit-saved = Saved. The e-mail is on its way again.

emails-send-title = Send an e-mail
emails-send-subject = Subject
emails-send-category = Category
emails-send-html = HTML
emails-send-html-hint = Sent as it is, in the theme of the project
emails-send-queued = { $number ->
    [one] Queued for 1 user.
   *[other] Queued for { $number } users.
}
emails-send-needs-server = Sending needs an e-mail server of the project’s own. Set one in the e-mail settings.
emails-send-no-subject = Enter a subject of 1 to { $most } characters.
emails-send-no-category = Choose a category.
emails-send-no-html = Enter HTML of 1 to { $most } characters.

emails-recipients = Recipients
emails-recipients-to = To
emails-recipients-some = Users that I choose
emails-recipients-all = Everybody
emails-recipients-all-text = { $number ->
    [one] The project has 1 user. Anonymous and restricted users count, too; who has no address is skipped.
   *[other] The project has { $number } users. Anonymous and restricted users count, too; who has no address is skipped.
}
emails-recipients-search = Search users
emails-recipients-search-hint = Name, address or id
emails-recipients-found = Users
emails-recipients-none = No user fits.
emails-recipients-without-address = No address
emails-recipients-tick-page = Choose this page
emails-recipients-clear = Choose nobody
emails-recipients-number = { $number ->
    [0] Nobody is chosen.
    [one] 1 user is chosen.
   *[other] { $number } users are chosen.
}
emails-recipients-chosen = Chosen users
emails-recipients-choose = Choose { $name }
emails-recipients-remove = Remove { $name }
emails-recipients-more = and more
emails-recipients-addresses = Add by address
emails-recipients-addresses-hint = One in each line, or with commas between
emails-recipients-add = Add
emails-recipients-previous = Back
emails-recipients-next = More
emails-recipients-count = Enter 1 to { $most } addresses.
emails-recipients-unknown = No user of this project has the address { $address }.
emails-recipients-too-many = Choose at most { $most } users, or everybody.
emails-recipients-nobody = Choose at least one user.
