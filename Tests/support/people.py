"""Who is who behind a signed-in client."""


def identity(client):
    """The user's id."""
    return client.expect(200, "GET", "/session")["user"]["id"]


def colleague(client, name):
    """The id of a colleague, by name."""
    return next(one["id"] for one in client.items("/people") if one["name"] == name)
