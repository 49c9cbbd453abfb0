# Sign-up rules: the list, the tester and the editor.

sign-up-rules-title = Sign-up rules
sign-up-rules-text = Tried from top to bottom when somebody signs up, until one allows or rejects.
sign-up-rules-loading = Sign-up rules, loading
sign-up-rules-create = Create rule
sign-up-rules-none = No rules yet
sign-up-rules-none-text = Rules keep abusive sign-ups out, for instance by domain, country or risk score.

# The table; $recent and $all are numbers of sign-ups that a rule matched.
sign-up-rules-column-rule = Rule
sign-up-rules-column-action = Action
sign-up-rules-column-recent = Last 48 hours
sign-up-rules-column-on = On
sign-up-rules-allow = Allow
sign-up-rules-reject = Reject
sign-up-rules-restrict = Restrict
sign-up-rules-count = Count
sign-up-rules-counted = { $recent } ({ $all } in all)
sign-up-rules-is-on = { $rule } is on
sign-up-rules-edit = Edit
sign-up-rules-history-item = History …
sign-up-rules-up = Move up
sign-up-rules-down = Move down
sign-up-rules-delete = Delete …

# The order; $rule is the name of a rule, $place and $count are numbers.
sign-up-rules-order = Order of the rules
sign-up-rules-grip = Move { $rule }: drag it, or press arrow up or down
sign-up-rules-moved = { $rule } is now rule { $place } of { $count }. Not saved yet.

# The picture of a rule's matches, a button that opens the history; $recent is a number.
sign-up-rules-open-history = { $recent ->
    [one] History of { $rule }: 1 match in the last 48 hours
   *[other] History of { $rule }: { $recent } matches in the last 48 hours
}

# The history of a rule.
sign-up-rules-history = Whom “{ $rule }” matched
sign-up-rules-history-text = The newest 1,000 of the last 30 days, up to 200 matches an hour. Users who were deleted are not listed.
sign-up-rules-history-none = Nobody in the last 30 days.
sign-up-rules-history-loading = Matches, loading
sign-up-rules-history-when = When
sign-up-rules-history-who = E-mail
sign-up-rules-history-how = Way to sign up
sign-up-rules-history-what = Outcome
sign-up-rules-history-more = Show more
sign-up-rules-no-address = no address

# What happens when no rule decides.
sign-up-rules-default = When no rule decides
sign-up-rules-default-action = The sign-up is
sign-up-rules-allowed = Allowed
sign-up-rules-rejected = Rejected

# The tester.
sign-up-rules-test = Try the rules
sign-up-rules-test-text = Imagine somebody who signs up. Nothing is written, and unsaved changes above count.
sign-up-rules-test-email = E-mail
sign-up-rules-test-method = Way to sign up
sign-up-rules-test-provider = OAuth provider
sign-up-rules-test-provider-hint = Such as github
sign-up-rules-test-country = Country
sign-up-rules-test-country-hint = Such as GB
sign-up-rules-test-bot = Risk score: bot
sign-up-rules-test-abuse = Risk score: free-trial abuse
sign-up-rules-test-submit = Try
sign-up-rules-restricted-by = Restricted by { $rule }

# What each rule says in the tester; $rule is its name, $says one of the texts further below.
sign-up-rules-verdict = { $rule } { $says }
sign-up-rules-verdict-error = { $rule } { $says }: { $error }

# The question before a rule is deleted.
sign-up-rules-deletion = Delete this rule?
sign-up-rules-deletion-text = Sign-ups are no longer tried by it. Its numbers stay in the statistics.
sign-up-rules-deletion-confirm = Delete rule

# What a rule says.
sign-up-rules-says-matched = matches
sign-up-rules-says-not-matched = does not match
sign-up-rules-says-disabled = is off
sign-up-rules-says-missing-condition = has no condition
sign-up-rules-says-error = fails

# Who decided in the tester.
sign-up-rules-decision-allow = Allowed by a rule
sign-up-rules-decision-reject = Rejected by a rule
sign-up-rules-decision-default-allow = Allowed: no rule decides
sign-up-rules-decision-default-reject = Rejected: no rule decides

# Ways to sign up.
sign-up-rules-password = Password
sign-up-rules-otp = Code by e-mail
sign-up-rules-oauth = OAuth
sign-up-rules-passkey = Passkey

# A rule without a name; $id is the beginning of its id.
sign-up-rules-unnamed = Rule { $id }

# Notices, and what is wrong with a form or a request.
sign-up-rules-deleted = The rule is gone.
sign-up-rules-gone = This rule is gone.
sign-up-rules-method-missing = Choose a way to sign up.
sign-up-rules-country-wrong = Countries have two capital letters, such as GB.
sign-up-rules-bot-score = The bot score
sign-up-rules-abuse-score = The free-trial score
sign-up-rules-score-wrong = Scores go from 0 to 100.

# The editor.
sign-up-rules-create-title = Create a rule
sign-up-rules-edit-title = Edit a rule
sign-up-rules-name = Name
sign-up-rules-action = What happens then
sign-up-rules-message = Note
sign-up-rules-message-hint = Only administrators read it.
sign-up-rules-enabled = The rule is on

# The condition of a rule, as a picture or as its text; $example is an expression.
sign-up-rules-builder = Builder
sign-up-rules-expression = Expression
sign-up-rules-not-drawn = The builder cannot draw this expression, so it stays as it is written.
sign-up-rules-condition = Condition
sign-up-rules-condition-hint = CEL, for example: { $example }
sign-up-rules-all = All of these hold
sign-up-rules-any = At least one of these holds
sign-up-rules-groups-joint = How groups are joined
sign-up-rules-clauses-joint = How comparisons are joined
sign-up-rules-add-group = Add group
sign-up-rules-add-clause = Add comparison
sign-up-rules-remove-clause = Remove comparison
sign-up-rules-field = Field
sign-up-rules-operator = Comparison
sign-up-rules-value = Value
sign-up-rules-value-hint = one, another

# The trial within the editor.
sign-up-rules-trial = Try it with an address
sign-up-rules-trial-hint = ada@example.com
sign-up-rules-trial-matches = Matches
sign-up-rules-trial-differs = Does not match

sign-up-rules-context = What the conditions were evaluated with

# The condition tried on those who signed up already.
sign-up-rules-replay = Try it on past sign-ups
sign-up-rules-replay-text = The newest 500 users, with what is still known of their sign-up. How they came in is guessed from the ways to sign in that they have now.
sign-up-rules-replayed = { $all ->
    [0] Nobody has signed up yet.
    [one] { $matched ->
        [0] It does not match the only user.
       *[other] It matches the only user.
    }
   *[other] { $matched ->
        [0] It matches none of the last { $number } users.
        [one] It matches 1 of the last { $number } users:
       *[other] It matches { $matches } of the last { $number } users:
    }
}

# What a rule does.
sign-up-rules-does-allow = Allow the sign-up
sign-up-rules-does-reject = Reject the sign-up
sign-up-rules-does-restrict = Allow it, but restrict the account
sign-up-rules-does-log = Only count it
sign-up-rules-new-name = Rule
sign-up-rules-condition-missing = Say when the rule applies.

# What rules look at.
sign-up-rules-field-email = E-mail address
sign-up-rules-field-domain = Domain of the e-mail address
sign-up-rules-field-country = Country
sign-up-rules-field-method = Way to sign up
sign-up-rules-field-provider = OAuth provider
sign-up-rules-field-bot = Risk score: bot
sign-up-rules-field-abuse = Risk score: free-trial abuse

# How it is compared: "Country / is / GB".
sign-up-rules-is = is
sign-up-rules-is-not = is not
sign-up-rules-contains = contains
sign-up-rules-starts-with = starts with
sign-up-rules-ends-with = ends with
sign-up-rules-matches = matches (regular expression)
sign-up-rules-is-one-of = is one of
sign-up-rules-more = is more than
sign-up-rules-at-least = is at least
sign-up-rules-less = is less than
sign-up-rules-at-most = is at most

# Why a comparison cannot be right.
sign-up-rules-number-wrong = Enter a number from 0 to 100.
sign-up-rules-value-missing = Enter a value.
sign-up-rules-expression-wrong = This is not a regular expression.
