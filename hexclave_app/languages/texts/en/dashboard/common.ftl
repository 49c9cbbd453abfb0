# Pieces that many pages of the dashboard have.

page-previous = Previous
page-next = Next
