"""How desks meet: identity, discovery, admission, protocol, hub, client. No Qt, no database."""
