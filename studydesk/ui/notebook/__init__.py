"""The notebook: notes as a list, an editor of Markdown, and what it looks like beside it."""
