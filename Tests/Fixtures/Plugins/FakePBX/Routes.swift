import PatchbaySDK

/// What a browser test says over HTTP.
extension FakePBX {
    /// `lines` to look, the others to make something happen.
    @RouteBuilder public var routes: [Route] {
        Route.get("lines", requires: .systemAdmin) { [self] _ in .json(["items": .array(lines.map(\.json))]) }
        Route.post("lines/:call/:event", requires: .systemAdmin) { [self] request in
            let call = CallID(rawValue: request.parameters["call"] ?? "")
            switch request.parameters["event"] ?? "" {
            case "answered-here": try await answerOwnPhone(call)
            case "answered-there": try await move(call, to: .talking)
            case "ended": try await move(call, to: .ended)
            case let reason:
                guard let failure = CallFailure(rawValue: reason) else { throw PortalError.notFound("event") }
                try await move(call, to: .failed(failure))
            }
            return .done
        }
        Route.post("phones/:domain/:extension/:state", requires: .systemAdmin) { [self] request in
            guard let phone = PhoneState(rawValue: request.parameters["state"] ?? "") else {
                throw PortalError.notFound("state")
            }
            set(
                phone, request.parameters["extension"] ?? "", in: DomainID(rawValue: request.parameters["domain"] ?? "")
            )
            return .done
        }
        Route.post("reachable/:answer", requires: .systemAdmin) { [self] request in
            setReachable(request.parameters["answer"] == "yes")
            return .done
        }
    }
}

extension FakePBX.Line {
    fileprivate var json: JSON {
        [
            "id": .string(request.id.rawValue), "legs": .array(legs.map { .string($0) }),
            "shown": .string(request.displayName), "isOver": .bool(step.isOver),
        ]
    }
}

/// Says which SDK and compiler this library was built with.
@c(patchbay_fake_pbx_stamp) public func fakePBXStamp() -> UnsafePointer<CChar> { patchbay_build_stamp() }
/// Hands the plugin's type to the loader.
@c(patchbay_fake_pbx_plugin) public func fakePBXDoorway() -> UnsafeMutableRawPointer {
    PluginDoorway.vend(FakePBX.self)
}
