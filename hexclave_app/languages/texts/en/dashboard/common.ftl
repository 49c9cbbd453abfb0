# Pieces that many pages of the dashboard have.

page-previous = Previous
page-next = Next

# What skeletons are called, for those who do not see them.
common-loading = { $what }, loading

# Buttons of dialogs and forms.
common-save = Save
common-discard = Discard
common-cancel = Cancel
common-close = Close
common-done = Done

# Notices after a change.
common-saved = Saved.
common-done-notice = Done.

# The button in the notice about something that was removed without a question, and what is said then.
common-undo = Undo
common-undone = Undone.

# The button that opens the menu of a row.
common-actions-for = Actions for { $name }

# In the place of an empty list within a card.
common-none = None.

# In the place of a missing name.
common-no-name = No name
common-anonymous-visitor = Anonymous visitor

# Above switches; $page links to the project settings.
common-pushed = These settings come from a pushed configuration, so changes are not saved here: you are shown what to write where it is kept. You can also unlink it in the { $page }.
common-pushed-title = Change this where it is kept
common-pushed-text = Nothing was saved: these settings come from a pushed configuration. Put these keys into your configuration file and push it again.
common-pushed-changes = What changes
common-pushed-copied = configuration

# Changes of settings that wait to be saved: the bar at the foot of the page.
common-staged = Unsaved changes
common-staged-count = { $count ->
    [one] 1 unsaved change
   *[other] { $count } unsaved changes
}
common-staged-show = Show changes
common-staged-hide = Hide changes
common-staged-changes = What is saved

# What somebody else has changed meanwhile; $setting is what a setting is called.
common-staged-conflict = Somebody else has changed “{ $setting }” meanwhile. Saving replaces that.

# The question before changes with consequences are saved; the consequences stand below it.
common-staged-question = Save these changes?
common-staged-question-text = Please consider first:

# What is wrong with a form or a request; $label names a field.
common-the-input = The input
common-not-whole = { $label } must be a whole number.
common-not-json = { $label } is not valid JSON.
common-not-a-time = Enter the time as 2030-12-31 18:00 (UTC), or leave it empty.
common-no-setting = There is no such setting.
common-no-choice = There is no such choice.

# How long ago something was; the time stands in the place of a date.
common-just-now = just now
common-seconds-ago = { $count ->
    [one] 1 second ago
   *[other] { $count } seconds ago
}
common-minutes-ago = { $count ->
    [one] 1 minute ago
   *[other] { $count } minutes ago
}
common-hours-ago = { $count ->
    [one] 1 hour ago
   *[other] { $count } hours ago
}
common-days-ago = { $count ->
    [one] 1 day ago
   *[other] { $count } days ago
}
common-months-ago = { $count ->
    [one] 1 month ago
   *[other] { $count } months ago
}
common-years-ago = { $count ->
    [one] 1 year ago
   *[other] { $count } years ago
}

# When something ends, in the place of a date.
common-never = never

# How many there are; $number is the count with separators.
common-users = { $count ->
    [one] 1 user
   *[other] { $number } users
}
common-more-users = { $count ->
    [one] more than 1 user
   *[other] more than { $number } users
}

# Who has said something in a conversation.
common-chat-you = You
common-chat-assistant = Assistant

# When a page with unsaved changes is about to be left.
common-leave-unsaved = Leave without saving? Your changes will be lost.

# Why somebody may not do or see something.
common-only-administrators = The dashboard is only for its administrators.
common-no-such-project = This project does not exist, or your teams do not own it.
