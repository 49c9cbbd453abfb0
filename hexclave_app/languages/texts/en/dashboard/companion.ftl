# The companion at the right edge, and its drawer.

companion-title = Companion
companion-resize = Width of the drawer

# The documents that come with the product.
companion-documents = Documents
companion-search = Search the documents
companion-search-hint = SMTP, import, trusted domain …
companion-nothing = Nothing found. Try other words.
companion-this-page = For this page
companion-back = Back to the documents

# Pages of the operator.
companion-requests = Feature requests
companion-requests-out = Feature requests, opens a new tab
companion-support = Support
companion-support-text = The operator of this installation answers questions about it.
companion-support-page = Open the help page
companion-tell = What to tell
companion-tell-text = With this your question is answered sooner. Never send a secret key or a password.
companion-version = Version
companion-project = Project id

# Questions to the language model of the operator.
companion-ask = Ask
companion-ask-title = Ask the assistant
companion-ask-text = A language model answers from the documents. It does not see your data, and it can be wrong.
companion-question = Your question
companion-conversation = Conversation
companion-no-answer = The assistant has said nothing. Ask in other words.
