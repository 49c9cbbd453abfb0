# What new users must do before they count.

onboarding-title = Onboarding
onboarding-text = What people must do before they may use your application.

# The switch.
onboarding-requirements = Requirements
onboarding-requirements-text = Turning a requirement on shows first whom it would restrict.
onboarding-verification = Verified e-mail address
onboarding-verification-text = Users without one are restricted until they open the link in the mail, those you have already included.

# What being restricted means.
onboarding-about = How it works
onboarding-about-text = Restricted users are signed in, but your application does not see them until they have done what is asked: the SDK leads them to a page that says what is missing.

# The question before users are restricted, with some of them by name and address; $users is how many, such as "2 users".
onboarding-question = Restrict { $users }?
onboarding-question-text = They have no verified address. They stay signed in, but are asked to verify one before they go on.
onboarding-question-confirm = Require verification
onboarding-person = { $name } · { $address }
onboarding-no-address = no address
onboarding-more = { $count ->
    [one] … and 1 other
   *[other] … and { $number } others
}
