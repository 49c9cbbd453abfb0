# Templates and themes of e-mails, their editor with its previews, and the assistant.

emails-deleted = Deleted.
emails-default-is-back = The default is back.
emails-bad-name = Enter a name of 1 to { $most } characters.
emails-no-theme = No theme
emails-theme-of-project = Theme of the project
emails-theme-missing = There is no such theme.
emails-theme-label = Theme
emails-design-name = Name
emails-design-kind = Kind
emails-design-built-in = Built-in
emails-design-own = Own
emails-design-create = Create
emails-design-save = Save
emails-design-delete = Delete
emails-design-overtaken = Somebody else has changed this meanwhile. If you save, your version takes the place of theirs.
emails-design-load-theirs = Load theirs
emails-design-restore = Restore the default
emails-design-restore-title = Restore the default?
emails-design-restore-confirm = Restore

emails-templates-title = E-mail templates
emails-templates-text = What your e-mails say. Sources are MJML with placeholders such as { $example }.
emails-templates-loading = Templates, loading
emails-templates-caption = Templates
emails-templates-column = Template
emails-templates-shared = Templates can be changed once the project has an e-mail server of its own. Set one in the { $settings }.
emails-templates-all = All templates
emails-template-noun = template
emails-template-new = New template
emails-template-mails = Sent e-mails
emails-template-mails-named = Sent e-mails of { $name }
emails-template-delete-title = Delete this template?
emails-template-delete-text = Mails that are queued already keep their text. This cannot be undone.
emails-template-missing = There is no such template.
emails-template-saved = Saved. Mails that are queued already keep their text.

emails-themes-title = E-mail themes
emails-themes-text = What your e-mails look like: the frame around every template. Sources are MJML with placeholders.
emails-themes-loading = Themes, loading
emails-themes-caption = Themes
emails-themes-column = Theme
emails-themes-active = In use: { $name }
emails-themes-all = All themes
emails-theme-noun = theme
emails-theme-new = New theme
emails-theme-new-hint = It begins as a copy of Default Light.
emails-theme-in-use = In use
emails-theme-use = Use for all e-mails
emails-theme-duplicate = Duplicate
emails-theme-delete-title = Delete this theme?
emails-theme-delete-text = Templates with this theme fall back to the theme of the project. This cannot be undone.
emails-theme-delete-used = Templates with this theme fall back to the theme of the project. It is in use: Default Light takes its place. This cannot be undone.
emails-theme-restore-text = What you changed in this theme is lost. This cannot be undone.
emails-theme-save-first = Save your changes first: the copy is made of what is saved.
emails-theme-copied = This is the copy.
emails-theme-saved = Saved. Mails that are not rendered yet look like this.
emails-theme-activated = All e-mails use this theme now.

emails-editor-unsaved = Not saved
emails-editor-undo = Undo
emails-editor-source = Source
emails-editor-subject = Subject: { $subject }
emails-editor-preview = Preview of the { $noun }
emails-editor-view-texts = Edit texts
emails-editor-view-desktop = Desktop
emails-editor-view-tablet = Tablet
emails-editor-view-phone = Phone
emails-editor-view-dark = Dark
emails-editor-texts = { $number ->
    [0] No text of this source can be changed in the preview; change it in the source.
    [one] Click the marked text in the preview to change it there.
   *[other] Click one of the { $number } marked texts in the preview to change it there.
}
emails-editor-text = Edit text:
emails-editor-text-fixed = This is no text of this source: it comes from a placeholder, a value, or the other half of the e-mail. Only marked texts can be changed here.
emails-editor-text-kept = The text stays as it was: it may not be empty, and the source must still be the one that is shown.
emails-editor-leave-title = Leave without saving?
emails-editor-leave-text = Your changes will be lost.
emails-editor-leave = Leave

emails-assistant = Assistant
emails-assistant-off = The assistant is off. Whoever operates this installation switches it on with HEXCLAVE_AI_BASE_URL, HEXCLAVE_AI_MODEL and HEXCLAVE_AI_API_KEY; any service that speaks OpenAI’s protocol will do.
emails-assistant-chat = Conversation
emails-assistant-hint = Say what you want to be different; you see the change before it is made.
emails-assistant-wish = Your wish
emails-assistant-ask = Ask
emails-assistant-change = Proposed change
emails-assistant-discard = Discard
emails-assistant-accept = Accept change
emails-assistant-proposed = I changed the source. Look at the change below.
emails-assistant-nothing = I have no change to propose.
emails-assistant-source = The source in the editor is now:
emails-assistant-told-wish = My wish: { $wish }
