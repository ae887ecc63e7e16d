"""What administrators do, by the API: who hears of it, and what it ends."""

from support.administration import add_user, user_id
from support.installation import ANN_DIRECT, MARK
from support.people import colleague
from support.server import PASSWORD
from support.waiting import until


def heard(stream):
    """What a stream told of the administration: kind and domain."""
    return [(one.data["kind"], one.data["domain"]) for one in stream.events if one.name == "admin.changed"]


def test_P5_administrators_hear_of_changes_in_their_domains_and_nobody_else_does(shared, root, olga, ann, reader):
    """P5: the domain's office managers, its reseller and super users; not the users, not other domains."""
    stranger = shared.sign_in(add_user(root, "2081", "Tom Manager", "office-manager", "timber.example"))
    streams = {name: reader(client) for name, client in {
        "olga": olga, "root": root, "ann": ann, "stranger": stranger}.items()}
    for stream in streams.values():
        until(lambda: stream.last_id, 5, "the stream's first id")

    add_user(root, "1081", "Una Holt")
    root.expect(200, "PATCH", f"/admin/numbers/%2B{ANN_DIRECT[1:]}", {"label": "Ann direct"})
    root.expect(204, "PUT", "/admin/switches/video/system/system", {"isOn": True})

    wanted = [("users", "harbor.example"), ("numbers", "harbor.example"), ("switches", None)]
    for name in ("olga", "root"):
        until(lambda: heard(streams[name])[-3:] == wanted, 10, f"{name} hearing of it: {heard(streams[name])}")
    ann.send(ann.chat_with(colleague(ann, "Olga Lindqvist")), f"{MARK} after it")
    until(lambda: any(one.name == "message.created" for one in streams["ann"].events), 10, "Ann's later news")
    until(lambda: heard(streams["stranger"]) == [("switches", None)], 10, "what concerns every domain")
    assert heard(streams["ann"]) == []


def test_P5_signing_somebody_out_ends_their_sessions_and_leaves_their_tokens(shared, root, olga):
    """P5: a lost laptop is signed out; the robot that works with a token goes on."""
    login = add_user(root, "1082", "Vic Rossi")
    here, there = shared.sign_in(login), shared.sign_in(login, again=True)
    robot = shared.token(here, ["portal.use"])

    olga.expect(204, "DELETE", f"/admin/users/{user_id(root, 'Vic Rossi')}/sessions")

    assert [client.get("/session").status for client in (here, there)] == [401, 401]
    assert robot.get("/people").status == 200
    assert shared.client().sign_in(login, PASSWORD).status == 201


def test_P5_an_office_manager_signs_no_super_user_out(root, olga):
    """P5: nobody changes somebody who has more rights."""
    refused = olga.delete(f"/admin/users/{user_id(root, 'Root Admin')}/sessions")

    assert (refused.status, refused.id) == (403, "directory.scope-too-high")
    assert root.get("/session").status == 200


def test_P5_a_token_for_domains_does_not_reach_the_system(shared, root):
    """P5: a token does what it was made for, whoever's it is."""
    robot = shared.token(root, ["portal.use", "domain.admin"])
    tries = [
        robot.put("/admin/switches/sms/system/system", {"isOn": False}),
        robot.patch("/admin/domains/timber.example", {"resellerId": None}),
        robot.post("/admin/domains", {
            "id": "stone.example", "name": "Stone", "region": "US", "timeZone": "America/New_York",
            "resellerId": "harbor.example"}),
    ]

    assert [(one.status, one.id) for one in tries] == [(403, "permission.missing")] * 3
    assert robot.patch("/admin/domains/timber.example", {"name": "Timber Works"}).status == 200


def test_P5_a_reseller_removes_no_domain_of_somebody_with_more_rights(shared, root):
    """P5: who may not touch a super-user may not remove them with their domain either."""
    reseller = shared.sign_in(add_user(root, "1083", "Rex Seller", "reseller"))
    reseller.expect(201, "POST", "/admin/domains", {
        "id": "slate.example", "name": "Slate", "region": "US", "timeZone": "America/New_York"})
    add_user(root, "1", "Sue Perr", "super-user", "slate.example")

    refused = reseller.delete("/admin/domains/slate.example")

    assert (refused.status, refused.id) == (403, "directory.scope-too-high")
    root.expect(204, "DELETE", f"/admin/users/{user_id(root, 'Sue Perr', 'slate.example')}")
    assert reseller.delete("/admin/domains/slate.example").status == 204
