"""The audit log: administrative and security-relevant changes, recorded in the transaction that makes them.

`recording` watches every session of the seam, so that no service can forget to record; `subjects` says what is
watched and which columns are secrets; `actors` knows who acts; `chain` links the entries; `listing` reads them.
"""
