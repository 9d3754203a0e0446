"""Parts of the golden-fixture generator; see golden/README.md."""
