"""What all endpoints share: headers to caller, decoding, coercion, errors, CORS, CRUD conventions (contract 01)."""
