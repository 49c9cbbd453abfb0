# The overview of a project.

overview-title = Overview

# The three numbers at the top.
overview-users = Users
overview-active = Active in the last 24 hours
overview-recent = Sign-ups in 30 days

# The chart. $number is the count with separators, $day the best day and $most its sign-ups.
overview-chart = Sign-ups per day
overview-chart-text = The last 30 days, in UTC.
overview-chart-says = Sign-ups per day: { $summary }
overview-summary = { $count ->
    [one] 1 sign-up
   *[other] { $number } sign-ups
} in the last { $days } days; most on { $day } ({ $most }).
overview-bar = { $number } sign-ups
overview-bars = Sign-ups

# The same numbers as a table.
overview-numbers = Show the numbers
overview-numbers-table = Sign-ups per day
overview-numbers-region = Sign-ups per day, as numbers
overview-column-day = Day
overview-column-sign-ups = Sign-ups

# What a project without users shows.
overview-first-user = 1. Create the first user
overview-first-user-text = The hosted pages work without a line of code. Whoever signs up there appears here at once.
overview-open-sign-up = Open the sign-up page
overview-connect = 2. Connect your application
overview-connect-text = Put in the keys that were shown when the project was created, or make new ones.
overview-installation = Installation
overview-keys = Project keys
