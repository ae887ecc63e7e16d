import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { PeerLink } from '../../Plugins/VideoInvite/Web/peer-link.js';

/** As much of a connection as negotiation needs: its states, and which descriptions it was given. */
class Connection {
    connectionState = 'new';
    signalingState = 'stable';
    localDescription = null;
    remoteDescription = null;
    remote = [];
    restarts = 0;
    tracks = [];
    senders = [];

    async setLocalDescription() {
        const type = this.signalingState === 'have-remote-offer' ? 'answer' : 'offer';
        this.localDescription = { type, toJSON: () => ({ type, sdp: `ours ${type}` }) };
        this.move(type === 'offer' ? 'have-local-offer' : 'stable');
    }

    async setRemoteDescription(description) {
        this.remote.push(description.sdp);
        this.remoteDescription = description;
        this.move(description.type === 'offer' ? 'have-remote-offer' : 'stable');
    }

    addTrack(track) {
        this.tracks.push(track);
        const sender = { track, replaceTrack: async (next) => void (sender.track = next) };
        this.senders.push(sender);
        return sender;
    }

    restartIce() {
        this.restarts += 1;
    }

    close() {
        this.connectionState = 'closed';
    }

    move(state) {
        this.signalingState = state;
        this.onsignalingstatechange?.();
    }

    become(state) {
        this.connectionState = state;
        this.onconnectionstatechange();
    }
}

beforeEach(() => {
    globalThis.reportError = assert.ifError;
    globalThis.RTCPeerConnection = Connection;
    mock.timers.enable({ apis: ['setTimeout'] });
});
afterEach(() => mock.timers.reset());

/** A link that is up, with what it has said. */
function linkUp(me = 'b', peer = 'a') {
    const said = [];
    const ignore = () => {};
    const send = async (_to, data) => said.push(data);
    const link = new PeerLink({ me, peer, configuration: {}, send, onStream: ignore, onState: ignore });
    link.pc.become('connected');
    return { link, said, pc: link.pc };
}

const answer = (sdp, offer) => ({ description: { type: 'answer', sdp }, offer });

test('the answer to an offer is taken once, and one to an earlier offer not at all', async () => {
    const { link, pc, said } = linkUp();
    await pc.onnegotiationneeded();
    await link.hear(answer('first', 1));
    await pc.onnegotiationneeded();

    await link.hear(answer('first again', 1));
    assert.equal(pc.signalingState, 'have-local-offer');
    await link.hear(answer('second', 2));
    await link.hear(answer('second again', 2));

    assert.deepEqual(pc.remote, ['first', 'second']);
    assert.deepEqual(
        said.map(({ offer }) => offer),
        [1, 2],
    );
});

test('an answer says which offer it is to; one without a number, from an older window, is to the last', async () => {
    const { link, pc, said } = linkUp();
    await link.hear({ description: { type: 'offer', sdp: 'theirs' }, offer: 7 });
    await pc.onnegotiationneeded();
    await link.hear({ description: { type: 'answer', sdp: 'theirs' } });

    assert.deepEqual(said[0], { description: { type: 'answer', sdp: 'ours answer' }, offer: 7 });
    assert.equal(pc.signalingState, 'stable');
});

test('an offer that nobody answers is made again, also while pictures go on; then there is quiet', async () => {
    const { link, pc, said } = linkUp();
    await pc.onnegotiationneeded();
    for (let turn = 0; turn < 3; turn += 1) {
        mock.timers.tick(4000);
        await link.hear({});
    }
    assert.deepEqual(
        said.map(({ offer }) => offer),
        [1, 1, 1, 1],
    );

    await link.hear(answer('late', 1));
    mock.timers.tick(60_000);
    assert.equal(said.length, 4);
    assert.equal(pc.restarts, 0);
});

test('a link that has broken off looks for a new way, and a closed one for none', () => {
    const { link, pc } = linkUp();
    pc.become('disconnected');
    mock.timers.tick(4000);
    assert.equal(pc.restarts, 1);
    link.close();
    mock.timers.tick(60_000);
    assert.equal(pc.restarts, 1);
});

const keys = (name) => `a=fingerprint:sha-256 ${name}\r\n`;

test('a connection that stays broken is given up for another one with the same camera', () => {
    const { link, pc } = linkUp();
    const camera = { kind: 'video' };
    link.show({ getTracks: () => [camera] });
    pc.become('failed');
    for (let turn = 0; turn < 4 && link.pc === pc; turn += 1) mock.timers.tick(4000);

    assert.equal(pc.connectionState, 'closed');
    assert.notEqual(link.pc, pc);
    assert.deepEqual(link.pc.tracks, [camera]);
});

test('an offer of another connection than before is answered by another one', async () => {
    const { link, pc, said } = linkUp();
    await link.hear({ description: { type: 'offer', sdp: keys('AA') }, offer: 1 });
    await link.hear({ description: { type: 'offer', sdp: keys('AA') }, offer: 2 });
    assert.equal(link.pc, pc);

    await link.hear({ description: { type: 'offer', sdp: keys('BB') }, offer: 3 });

    assert.equal(pc.connectionState, 'closed');
    assert.deepEqual(link.pc.remote, [keys('BB')]);
    assert.deepEqual(
        said.map(({ description, offer }) => [description.type, offer]),
        [1, 2, 3].map((n) => ['answer', n]),
    );
});

test('the answer of another connection than before begins ours anew, which makes its own offer', async () => {
    const { link, pc } = linkUp();
    await pc.onnegotiationneeded();
    await link.hear(answer(keys('AA'), 1));
    await pc.onnegotiationneeded();
    await link.hear(answer(keys('BB'), 2));

    assert.notEqual(link.pc, pc);
    assert.deepEqual(link.pc.remote, []);
});

test('what is no longer shown is taken back, and its place is used again', () => {
    const { link, pc } = linkUp();
    const [voice, screen, camera] = [{ kind: 'audio' }, { kind: 'video' }, { kind: 'video' }];
    const stream = (...tracks) => ({ getTracks: () => tracks });

    link.show(stream(voice, screen));
    link.show(stream(voice));
    assert.deepEqual(pc.senders.map(({ track }) => track), [voice, null]);

    link.show(stream(voice, camera));
    assert.deepEqual(pc.senders.map(({ track }) => track), [voice, camera]);
    assert.equal(pc.tracks.length, 2);
});

/** A link that is not up yet. */
function linkNew(me, peer) {
    const said = [];
    const link = new PeerLink({
        me, peer, configuration: {}, send: async (_to, data) => said.push(data), onStream: () => {}, onState: () => {},
    });
    return { link, said, pc: link.pc };
}

test('one side makes the first offer, and the polite one answers', async () => {
    const [first, polite] = [linkNew('b', 'a'), linkNew('a', 'b')];
    await Promise.all([first.pc.onnegotiationneeded(), polite.pc.onnegotiationneeded()]);
    assert.deepEqual([first.said.length, polite.said.length], [1, 0]);

    await polite.link.hear({ description: { type: 'offer', sdp: 'theirs' }, offer: 1 });
    await polite.pc.onnegotiationneeded();

    assert.deepEqual(polite.said[0], { description: { type: 'answer', sdp: 'ours answer' }, offer: 1 });
    assert.equal(polite.said[1].offer, 1);
});

test('the polite side begins when no offer comes', async () => {
    const { link, pc, said } = linkNew('a', 'b');
    await pc.onnegotiationneeded();

    mock.timers.tick(11_000);
    await new Promise((resolve) => setImmediate(resolve));

    assert.equal(said[0].description.type, 'offer');
    link.close();
});
