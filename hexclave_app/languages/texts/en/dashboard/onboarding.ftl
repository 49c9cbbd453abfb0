# What new users must do before they count.

onboarding-title = Onboarding
onboarding-text = What people must do before they may use your application.

# The switch.
onboarding-requirements = Requirements
onboarding-requirements-text = Before a requirement is saved, you see whom it would restrict.
onboarding-verification = Verified e-mail address
onboarding-verification-text = Users without one are restricted until they open the link in the mail, those you have already included.

# What being restricted means.
onboarding-about = How it works
onboarding-about-text = Restricted users are signed in, but your application does not see them until they have done what is asked: the SDK leads them to a page that says what is missing.

# What is to be considered before users are restricted, with some of them by name and address; $users is how many, such as "2 users".
onboarding-restricts = { $users } without a verified address will be restricted. They stay signed in, but are asked to verify one before they go on:
onboarding-person = { $name } · { $address }
onboarding-no-address = no address
onboarding-more = { $count ->
    [one] … and 1 other
   *[other] … and { $number } others
}
