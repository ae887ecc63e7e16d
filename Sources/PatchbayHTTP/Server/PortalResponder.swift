import Hummingbird
import Logging
import PatchbayHost
import PatchbaySDK

/// The front door: hands each request to what answers it, and makes every answer safe and counted.
struct PortalResponder: HTTPResponder {
    typealias Context = PortalContext

    private let services: PortalServices
    private let api: APIResponder
    private let plugins: PluginDispatch
    private let assets: AssetLibrary
    private let health: HealthPages
    private let headers: SecurityHeaders
    private let embedding: CrossOrigin

    init(services: PortalServices, assets: AssetLibrary) {
        self.services = services
        self.assets = assets
        plugins = PluginDispatch(services: services)
        api = APIResponder(services: services, plugins: plugins)
        health = HealthPages(services: services)
        embedding = services.authentication.embedding
        headers = SecurityHeaders(isReachedByTLS: services.settings.isReachedByTLS)
    }

    func respond(to request: Request, context: PortalContext) async throws -> Response {
        let started = ContinuousClock.now
        let route = RouteLabel()
        var response: Response
        do {
            response = try await answer(request, context, route)
        } catch let broken as BodyReader.Broken {
            // There is no sound request to answer; the server closes the connection.
            throw broken.cause
        } catch {
            response = refusal(error, request, context, route)
        }
        embedding.apply(to: &response, for: request)
        headers.apply(to: &response)
        let duration = ContinuousClock.now - started
        services.metrics.count(
            method: request.method.rawValue, route: route.name, status: response.status.code, took: duration)
        context.logger.debug(
            "request",
            metadata: [
                "method": "\(request.method.rawValue)", "route": "\(route.name)", "status": "\(response.status.code)",
                "ms": "\(Int(duration / .milliseconds(1)))",
            ])
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func answer(_ request: Request, _ context: PortalContext, _ route: RouteLabel) async throws -> Response {
        guard let target = RequestTarget(request.head.path ?? "/") else {
            throw PortalError(.invalid, id: "request.invalid-address", "The address is not valid.")
        }
        var method = request.method
        if let answer = embedding.preflight(request) { return answer }
        guard HTTPRequest.Method.known.contains(method) else {
            return Problem.methodNotAllowed(allow: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]).response
        }
        if method == .head { method = .get }
        let call = Call(request: request, method: method, target: target, context: context, route: route)
        switch (target.path.first, target.path.count) {
        case ("api", 2...) where target.path[1] == "v1":
            var response = try await api.answer(call)
            // What one user sees must not come out of a cache for another.
            if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
            try await AnswerCompression.apply(to: &response, for: request)
            return response
        case ("hooks", 3...): return try await plugins.hook(call)
        case ("join", 3...): return try await plugins.page(call)
        case ("plugins", 2...): return try plugins.webFile(call)
        case ("healthz", 1), ("readyz", 1), ("metrics", 1): return try await health.answer(call)
        case ("api", _), ("hooks", _), ("join", _): return Problem.noSuchPage.response
        default: return assets.answer(call)
        }
    }

    private func refusal(
        _ error: any Error, _ request: Request, _ context: PortalContext, _ route: RouteLabel
    ) -> Response {
        if let refusal = error as? PortalError { return Problem(refusal).response }
        let reference = context.id
        context.logger.error(
            "request failed",
            metadata: [
                "method": "\(request.method.rawValue)", "route": "\(route.name)", "reference": "\(reference)",
                "plugin": "\(route.plugin ?? "-")", "error": "\(LogSafe.text(of: error))",
            ])
        return Problem.broken(reference: reference).response
    }
}

extension HTTPRequest.Method {
    /// What the server answers at all; TRACE, CONNECT and inventions are not among it.
    static let known: Set<HTTPRequest.Method> = [.get, .head, .post, .put, .patch, .delete]
}
