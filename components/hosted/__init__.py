"""Components of the hosted pages."""
