# The dialog that imports users from a file.

import-title = Import users
import-text = A CSV file with a header, or one JSON object a line. Columns are the names of the REST API; bcrypt and argon2 hashes are taken over. Nothing is kept before you have seen what the file would do.
import-copied-example = Example of a CSV file
import-choose = Choose a file

# While it works; $file is the name of the file.
import-reading = Reading { $file }
import-checking = { $count ->
    [one] Checking: 1 line so far
   *[other] Checking: { $count } lines so far
}
import-importing = { $count ->
    [one] Importing: 1 line so far
   *[other] Importing: { $count } lines so far
}
import-goes-on = You may close this dialog or leave the page: an import that has begun goes on.

# What the file would do or has done; these stand below numbers.
import-would-be-created = would be created
import-created = created
import-skipped = already there
import-rejected = rejected
import-choose-another = Choose another file
import-submit = Import
import-finished = The import is finished.

# Lines that make no user.
import-rejected-lines = Rejected lines
import-column-line = Line
import-column-reason = Why
import-download = Download all reasons
