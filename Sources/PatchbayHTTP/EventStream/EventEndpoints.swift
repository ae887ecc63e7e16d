import HTTPTypes
import Hummingbird
import NIOCore
import PatchbayHost
import PatchbaySDK
import ServiceLifecycle

/// `GET /events`: a user's news, live, as server-sent events.
enum EventEndpoints {
    static let all: [Endpoint] = [
        .get("/events", .user(.portal)) { request in
            guard let identity = request.identity else { throw UndocumentedEndpoint(name: "GET /events") }
            let caller = identity.caller
            // The header is what a browser sends by itself on reconnecting, so it is newer than the address.
            let after = request.raw.headers[lastEventID] ?? request.query["after"]?.string
            let stream = try await request.portal.events.subscribe(
                EventReader(user: caller.user, domain: caller.domain, session: identity.session), after: after)
            return response(
                for: stream, request: request.raw, watch: StalledWriter(request.channel),
                metrics: request.server.metrics)
        }
    ]

    private static let lastEventID = HTTPField.Name("Last-Event-ID")!

    private static func response(
        for stream: EventStream, request: Request, watch: StalledWriter, metrics: Metrics
    ) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream", .cacheControl: "no-cache",
                HTTPField.Name("X-Accel-Buffering")!: "no",
            ],
            body: ResponseBody { writer in
                metrics.streamOpened()
                watch.start()
                defer {
                    watch.stop()
                    metrics.streamClosed()
                    stream.cancel()
                }
                try await withGracefulShutdownHandler {
                    try await pump(stream, to: &writer, of: request, watch)
                } onGracefulShutdown: {
                    // Clients reconnect to whoever serves next, and miss nothing by their last id.
                    stream.cancel()
                }
                try await writer.finish(nil)
            })
    }

    private static func pump(
        _ stream: EventStream, to writer: inout any ResponseBodyWriter, of request: Request, _ watch: StalledWriter
    ) async throws {
        try await request.body.consumeWithInboundCloseHandler { _ in
            for await frame in stream {
                watch.writeBegins()
                try await writer.write(ByteBuffer(bytes: frame.bytes))
                watch.writeEnds()
            }
        } onInboundClosed: {
            stream.cancel()
        }
    }
}
