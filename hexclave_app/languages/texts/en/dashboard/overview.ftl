# The overview of a project.

overview-title = Overview

# The numbers at the top.
overview-users = Users
overview-active = Active in 24 hours
overview-active-month = Active in 30 days
overview-mails = E-mails

# Which days the page is about.
overview-range = Days
overview-range-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
overview-range-year = 12 months
overview-range-all = All
overview-range-custom = Other days …
overview-refresh = Refresh
overview-first-day = First day
overview-last-day = Last day
overview-show = Show
overview-days-wrong = Choose a first day and a last day that is neither before it nor to come, within ten years.
overview-span = { $first } – { $last }

# The charts. $number is the count with separators, $day the best day and $most its sign-ups.
overview-charts = Charts
overview-chart-says = { $what }: { $summary }
overview-summary = { $count ->
    [one] 1 sign-up
   *[other] { $number } sign-ups
} in { $span }; most on { $day } ({ $most }).
overview-bar = { $number } sign-ups
overview-bars = Sign-ups
overview-average = { $number } a day on average
overview-average-name = Average over a week
overview-users-then = { $number } users
overview-mails-delivered = Delivered
overview-mails-waiting = On their way
overview-mails-failed = Failed
overview-before = { $number } in as many days before

# The lists.
overview-newcomers = Recent sign-ups
overview-no-newcomers = Nobody has signed up yet.
overview-all-users = All users
overview-recent-mails = Recent e-mails
overview-no-mails = No e-mails yet.
overview-all-mails = All e-mails
overview-methods = How people sign in
overview-no-methods = Nobody has a way to sign in yet.
overview-countries = Where people are
overview-no-countries = No user's country is known.
overview-no-countries-text = The proxy in front of the installation tells it when people sign up, as Cloudflare and Vercel do.
overview-countries-known = Known for { $number } of { $total } users, from their sign-up
overview-more-countries = { $count ->
    [one] 1 more country
   *[other] { $count } more countries
}
overview-map = Map of the countries where users are. The list after it says the same and leads to the users of each.
overview-map-users = { $count ->
    [one] 1 user
   *[other] { $number } users
}, { $share }
overview-delivery = E-mail delivery
overview-bounce-rate = Bounced or spam
overview-click-rate = Clicked
overview-quick = Quick access

# The same numbers as a table.
overview-numbers = Show the numbers
overview-numbers-table = Numbers of the charts
overview-numbers-region = The charts as numbers
overview-download = Download CSV
overview-column-day = Day
overview-column-sign-ups = Sign-ups

# What a project without users shows.
overview-first-user = 1. Create the first user
overview-first-user-text = The hosted pages work without a line of code. Whoever signs up there appears here at once.
overview-open-sign-up = Open the sign-up page
overview-connect = 2. Connect your application
overview-connect-text = Put in the keys that were shown when the project was created, or make new ones here.
overview-create-keys = Create keys
overview-keys-description = For the first steps
overview-installation = Installation
overview-keys = Project keys
