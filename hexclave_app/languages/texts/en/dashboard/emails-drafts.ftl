# Drafts of e-mails: the list, and the four steps of one.

emails-drafts-title = E-mail drafts
emails-drafts-text = News and notices that you write once and send to your users.
emails-drafts-loading = Drafts, loading
emails-drafts-column-draft = Draft
emails-drafts-column-sent = Sent
emails-drafts-active = Drafts
emails-drafts-history = Sent drafts
emails-drafts-not-yet = Not yet
emails-drafts-new = New draft
emails-drafts-name = Name
emails-drafts-from = Begin with
emails-drafts-blank = A greeting
emails-drafts-create = Create
emails-drafts-none = No drafts yet
emails-drafts-none-text = Write the first e-mail to your users.
emails-drafts-none-active = Every draft was sent.
emails-drafts-missing = There is no such draft.
emails-drafts-delete = Delete
emails-drafts-delete-title = Delete this draft?
emails-drafts-delete-text = What was sent from it stays. This cannot be undone.
emails-drafts-shared = Sending needs an e-mail server of the project’s own. Set one in the { $settings }.
emails-drafts-all = All drafts
emails-drafts-noun = draft
emails-drafts-steps = Steps
emails-drafts-step-write = Draft
emails-drafts-step-recipients = Recipients
emails-drafts-step-schedule = Schedule
emails-drafts-step-sent = Sent
emails-drafts-next = Next
emails-drafts-solve-first = Solve the problem of the source first.
emails-drafts-when = When to send
emails-drafts-now = At once
emails-drafts-later = Later
emails-drafts-at = Not before (UTC)
emails-drafts-at-hint = It leaves at this time, or as soon after it as the capacity allows.
emails-drafts-no-time = Choose the time, or send at once.
emails-drafts-plan = Send later
emails-drafts-to-all = { $number ->
    [one] To everybody: 1 user.
   *[other] To everybody: { $number } users.
}
emails-drafts-to-some = { $number ->
    [one] To 1 user.
   *[other] To { $number } users.
}
emails-drafts-send = Send
emails-drafts-opened = { $number ->
    [one] 1 was opened.
   *[other] { $number } were opened.
}
emails-drafts-unsent = { $number ->
    [one] 1 e-mail has not left yet.
   *[other] { $number } e-mails have not left yet.
}
emails-drafts-held = { $number ->
    [one] 1 e-mail is paused.
   *[other] { $number } e-mails are paused.
}
emails-drafts-pause = Pause all
emails-drafts-resume = Resume all
emails-drafts-cancel = Cancel all
emails-drafts-cancel-title = Cancel what has not left?
emails-drafts-cancel-text = It is cancelled for good; what has left cannot be called back.
emails-drafts-paused = { $number ->
    [one] 1 e-mail is paused.
   *[other] { $number } e-mails are paused.
}
emails-drafts-resumed = { $number ->
    [one] 1 e-mail goes on.
   *[other] { $number } e-mails go on.
}
emails-drafts-cancelled = { $number ->
    [one] 1 e-mail will not be sent.
   *[other] { $number } e-mails will not be sent.
}
emails-drafts-too-late = Only { $done } of { $all } e-mails could be changed: for { $late } it was too late, because they were leaving already.
