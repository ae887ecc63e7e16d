"""C1 to C3 in the browser: the call icon, a real Asterisk and two real phones; what the dock shows of them."""

import pytest
from playwright.sync_api import expect

from support.asterisk import why_not
from support.installation import ANN, BEN
from support.phonesystem import PhoneSystem
from support.waiting import until

# A second is what people are promised; as much again is for a machine that runs other tests beside this one.
SOON = 2000

pytestmark = pytest.mark.skipif(why_not() is not None, reason=str(why_not()))


@pytest.fixture(scope="module")
def system(tmp_path_factory, seed_file):
    one = PhoneSystem(tmp_path_factory.mktemp("pbx"), seed_file)
    yield one
    one.stop()


@pytest.fixture(scope="module")
def portal(system):
    return system.portal


@pytest.fixture(autouse=True)
def quiet(system):
    """Every test begins with phones that nobody talks on."""
    system.is_quiet()


def strip(place):
    """The line that says where a call stands."""
    return place.get_by_role("group", name="Your call to")


def row(person, name):
    """A colleague's line in the contacts."""
    return person.page.locator("pbx-contact-dock [data-key]").filter(has_text=name)


def call_ben(ann):
    """Presses the icon in a chat with Ben; gives the box."""
    chat = ann.start("ben", "chat", "Ben Okafor")
    chat.button("Call Ben Okafor").click()
    return chat


def test_C1_S20_S21_S22_S60_the_icon_rings_two_real_phones_that_hear_each_other(ann, system):
    chat = call_ben(ann)
    expect(strip(chat.region)).to_contain_text("Calling your phone… then Ben Okafor")
    system.anns.rings()
    assert not system.bens.has("CALL_INCOMING"), "leg 2 was placed before leg 1 was answered"

    system.anns.answer()
    expect(strip(chat.region)).to_contain_text("Calling Ben Okafor…")
    system.bens.rings()

    system.bens.answer()
    expect(strip(chat.region)).to_contain_text("Connected with Ben Okafor")
    until(lambda: len(system.asterisk.packets()) == 2, 10, "Asterisk counting packets of both legs")
    until(
        lambda: all(here > 50 and there > 50 for here, there in system.asterisk.packets().values()), 15,
        "RTP flowing in and out on both legs")

    system.bens.hang_up()
    expect(strip(chat.region)).to_contain_text("Call with Ben Okafor ended")


def test_C1_S22_hanging_up_in_the_browser_ends_both_legs(ann, system):
    chat = call_ben(ann)
    system.anns.rings()
    system.anns.answer()
    system.bens.rings()

    strip(chat.region).get_by_role("button", name="Cancel", exact=True).click()

    expect(strip(chat.region)).to_contain_text("cancelled")
    until(lambda: not system.asterisk.channels(), 5, "both legs being gone")


def test_C1_S22_unanswered_phone_places_no_leg_2(ann, system):
    chat = call_ben(ann)
    system.anns.rings()

    expect(strip(chat.region)).to_contain_text("You didn’t answer your phone, so Ben Okafor was not called.")
    assert not system.bens.has("CALL_INCOMING")


def test_C1_S22_busy_phone_places_no_leg_2(ann, system):
    chat = call_ben(ann)
    system.anns.rings()
    system.anns.hang_up()

    expect(strip(chat.region)).to_contain_text("Your phone is busy, so Ben Okafor was not called.")
    assert not system.bens.has("CALL_INCOMING")


def test_C1_S22_offline_phone_places_no_leg_2(cleo, system):
    chat = call_ben(cleo)

    expect(strip(chat.region)).to_contain_text("Your phone is offline, so Ben Okafor was not called.")
    assert not system.bens.has("CALL_INCOMING")


def test_C2_S46_S47_both_indicators_vary_independently(cleo, enter, system):
    ann = row(cleo, "Ann Whitfield")
    ben = row(cleo, "Ben Okafor")
    expect(ann).to_contain_text("Phone free")
    expect(ann).to_contain_text("Chat: offline")

    system.call(system.ann, "1002")
    system.anns.rings()
    expect(ann).to_contain_text("Phone ringing", timeout=SOON)
    expect(ben).to_contain_text("Phone free")
    system.anns.answer()
    system.bens.rings()
    expect(ann).to_contain_text("On a call", timeout=SOON)
    expect(ben).to_contain_text("Phone ringing", timeout=SOON)
    # At once: his phone rings for some seconds only.
    system.bens.answer()
    expect(ben).to_contain_text("On a call", timeout=SOON)
    expect(ann).to_contain_text("Chat: offline")

    enter(ANN)
    expect(ann).to_contain_text("Chat: online")
    expect(ann).to_contain_text("On a call")
    expect(ben).to_contain_text("Chat: offline")
    enter(BEN)
    expect(ben).to_contain_text("Chat: online")

    system.anns.hang_up()
    expect(ann).to_contain_text("Phone free", timeout=SOON)
    expect(ben).to_contain_text("Phone free", timeout=SOON)
    expect(ann).to_contain_text("Chat: online")


def test_C3_S47_killed_in_mid_call_the_dock_says_unknown_then_the_truth(ann, cleo, system):
    chat = call_ben(ann)
    system.anns.rings()
    system.anns.answer()
    system.bens.rings()
    system.bens.answer()
    expect(strip(chat.region)).to_contain_text("Connected with Ben Okafor")
    bens = row(cleo, "Ben Okafor")
    expect(bens).to_contain_text("On a call")

    system.asterisk.kill()

    expect(bens).to_contain_text("Phone state unknown")
    expect(bens).not_to_contain_text("Phone offline")
    # Their PBX is gone: the phones themselves end what they have, so that they are idle when it is back.
    system.anns.hang_up()
    system.bens.hang_up()
    system.asterisk.start()
    expect(bens).to_contain_text("Phone free", timeout=70_000)
    expect(strip(chat.region)).to_contain_text("ended")
