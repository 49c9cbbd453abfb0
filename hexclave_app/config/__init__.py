"""The configuration engine: schema, overrides, validation, rendering and the views of a rendered config."""
