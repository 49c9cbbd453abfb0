# The stored configuration as text, for people who know what they are doing.

expert-mode-title = Raw configuration
expert-mode-text = What is stored about this project, level by level, as JSON.

# The gate; $word is what has to be typed.
expert-mode-gate = Experts only
expert-mode-gate-text = Here you replace stored configuration as a whole. A wrong value can lock people out of your product. Every other page of the dashboard is a safer way to the same settings.
expert-mode-gate-word = Type “{ $word }” to go on
expert-mode-gate-open = Go on
expert-mode-gate-wrong = Type the word “{ $word }”.

expert-mode-secrets = Secrets are never shown. Leave “(hidden)” where a stored secret shall stay, or write a new one in its place.

# The two overrides; $override is one of their names.
expert-mode-branch = Branch override
expert-mode-branch-text = What a configuration file would bring: sign-in, rules, teams, permissions, apps, templates.
expert-mode-environment = Environment override
expert-mode-environment-text = What belongs to this installation: OAuth keys, trusted domains, the e-mail server. It goes before the branch.
expert-mode-json = JSON of the { $override }

# Before saving.
expert-mode-discard = Discard changes
expert-mode-review = Review changes
expert-mode-save = Save these changes
expert-mode-changes = What changes
expert-mode-warnings = What is wrong with the configuration then
expert-mode-nothing-new = Nothing has changed.
expert-mode-warned = This would leave the configuration incomplete or without effect. Correct what is listed below.
expert-mode-stale = Somebody else has changed this override meanwhile. Copy what you need, then open it again.
expert-mode-open-anew = Open it again

# What is wrong with a text.
expert-mode-malformed = Line { $line }, column { $column }: this is not JSON ({ $reason }).
expert-mode-repeated = The key “{ $name }” stands in the same object twice.
expert-mode-no-secret = No secret is stored at “{ $path }” that could stay. Write one, or remove the key.

# $page links to the project settings.
expert-mode-pushed = This override was pushed and can only be read here. Push a new one, or unlink it in the { $page }.

# All levels together.
expert-mode-merged = Resulting configuration
expert-mode-merged-text = All levels with the defaults, as your project uses them. It cannot be edited.
expert-mode-merged-copied = resulting configuration
