import PatchbaySDK
import Synchronization

/// The outside world: keeps the plugin's requests and answers from a script.
public final class TestHTTP: OutboundHTTP, Sendable {
    /// Makes the answer to a request; what it throws, the plugin gets.
    public typealias Answering = @Sendable (OutboundRequest) async throws -> OutboundAnswer

    private struct State {
        var requests: [OutboundRequest] = []
        var script: [Answering] = []
        var fallback: Answering?
    }

    private let state = Mutex(State())

    init() {}

    /// Every request so far, oldest first.
    public var requests: [OutboundRequest] { state.withLock { $0.requests } }

    /// Answers the next request that has no answer yet. Call it several times for several requests.
    public func answerNext(_ answer: @escaping Answering) { state.withLock { $0.script.append(answer) } }

    /// Answers the next request with `status` and `text`.
    public func answerNext(status: Int, _ text: String = "") {
        answerNext { _ in OutboundAnswer(status: status, body: Array(text.utf8)) }
    }

    /// Answers every request for which `answerNext` has laid nothing ready.
    public func answerAlways(_ answer: @escaping Answering) { state.withLock { $0.fallback = answer } }

    /// Without a scripted answer the host can't be reached.
    public func send(_ request: OutboundRequest) async throws -> OutboundAnswer {
        let answer = state.withLock { state in
            state.requests.append(request)
            return state.script.isEmpty ? state.fallback : state.script.removeFirst()
        }
        guard let answer else {
            throw PortalError(
                .unavailable(retryAfter: .seconds(5)), id: "outbound.unreachable",
                "Nothing answers at \(request.url). (Test: call http.answerNext first.)")
        }
        return try await answer(request)
    }
}
