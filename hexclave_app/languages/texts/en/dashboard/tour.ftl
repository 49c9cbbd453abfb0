# The guided tour of a project.

tour-offer-title = New here?
tour-offer-text = A short tour shows where things are. You can leave it at any time.
tour-start = Take the tour
tour-decline = No, thanks
tour-restart = Guided tour

# What stands on every step; $number counts from 1.
tour-progress = Step { $number } of { $count }
tour-next = Next
tour-back = Back
tour-skip = Leave the tour
tour-finish = Finish

# The steps, each on its page.
tour-overview-title = The overview
tour-overview-text = Once people sign up, their numbers stand here, over any days that you choose. Every number leads to the list behind it.
tour-users-title = Users
tour-users-text = Everybody who has an account in your product. Add people here, or bring them along from a file.
tour-teams-title = Teams
tour-teams-text = Groups of users who work together. Your product creates them, and so can you, here.
tour-emails-title = E-mails
tour-emails-text = Everything that was sent, and what became of it. Without a mail server this is your inbox for trying things out.
