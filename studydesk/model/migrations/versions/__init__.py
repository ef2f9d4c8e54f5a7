"""One module for each schema. A released one is never altered."""
