"""What is under the pictures of a video session: the peer connections of a window, and a camera that costs little."""

from .waiting import TooLate, until

_KEEP = """
window.links = [];
window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...all) {
        super(...all);
        window.links.push(this);
    }
};
"""

# Each window draws its own small pictures: Chromium's fake camera is one for all windows, and on a busy machine stops for
# all of them when several take it up at once.
_OWN_CAMERA = """
const open = window.MediaDevices?.prototype.getUserMedia;
if (open) MediaDevices.prototype.getUserMedia = async function ({ audio, video }) {
    const stream = audio ? await open.call(this, { audio }) : new MediaStream();
    if (!video) return stream;
    const canvas = Object.assign(document.createElement('canvas'), { width: 160, height: 120 });
    const pen = canvas.getContext('2d');
    let turn = 0;
    setInterval(() => {
        turn += 1;
        pen.fillStyle = `hsl(${turn * 7} 80% 50%)`;
        pen.fillRect(0, 0, canvas.width, canvas.height);
    }, 200);
    stream.addTrack(canvas.captureStream().getVideoTracks()[0]);
    return stream;
};
"""

_FACTS = """async () => {
    const facts = [];
    for (const link of (window.links ?? []).filter((one) => one.connectionState !== 'closed')) {
        let frames = 0;
        const candidates = { 'local-candidate': 0, 'remote-candidate': 0 };
        for (const one of (await link.getStats()).values()) {
            if (one.type in candidates) candidates[one.type] += 1;
            if (one.type === 'inbound-rtp' && one.kind === 'video') frames += one.framesDecoded ?? 0;
        }
        const ufrag = /a=ice-ufrag:(\\S+)/.exec(link.localDescription?.sdp ?? '')?.[1] ?? '';
        const { connectionState: state, iceConnectionState: ice, iceGatheringState: gathering, signalingState: signaling } = link;
        facts.push({ state, frames, ufrag, ice, gathering, signaling, candidates });
    }
    return facts;
}"""


def call_in(opened):
    """The window of a session that was just opened, once it has left its blank beginning."""
    opened.value.wait_for_url("**/plugins/video/call.html*")
    return opened.value


def keep_links(person):
    """Lets the pages that somebody opens from now on keep their connections where a test can look."""
    person.context.add_init_script(_KEEP)


def own_camera(person):
    """Gives somebody a camera of their own, which shows changing colours."""
    person.context.add_init_script(_OWN_CAMERA)


def links(page):
    """Each connection of the window: its state, frames decoded so far, and the name of its way by ICE."""
    return page.evaluate(_FACTS)


def decodes(page, count=1, seconds=45):
    """Waits until that many connections are up and each decodes more frames than it had."""
    try:
        before = until(lambda: _connected(page, count), seconds, f"{count} connections", every=0.2)
        until(
            lambda: (now := _connected(page, count)) and all(
                one["frames"] > was["frames"] + 3 for one, was in zip(now, before)),
            seconds, "every connection decoding on", every=0.2)
    except TooLate as late:
        raise TooLate(f"{late}: {links(page)}") from None


def _connected(page, count):
    facts = links(page)
    return facts if len(facts) == count and all(one["state"] == "connected" for one in facts) else None
