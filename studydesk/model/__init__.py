"""What is kept: entities, queries, migrations, search, backup, and pure rules. No Qt, no network."""
