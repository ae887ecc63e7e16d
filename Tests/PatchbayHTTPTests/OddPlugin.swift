import Foundation
import PatchbayHost
import PatchbaySDK

/// A plugin of the tests: carries chats, and answers in every way a plugin may go wrong.
struct OddPlugin: Plugin, MessageChannel {
    static let id = PluginID(rawValue: "chat")
    let kind = ChannelKind.chat

    init(context: PluginContext) {}

    func take(_ message: Message, of conversation: Conversation, in db: Database) throws -> Taken {
        Taken(state: .sent)
    }

    struct Broken: Error {}

    var routes: [Route] {
        Route.get("echo/:word", requires: Permission(rawValue: "chat.use")) { request in
            .json(["word": .string(request.parameters["word"] ?? ""), "cookie": JSON(request.headers["cookie"])])
        }
        Route.get("broken", requires: Permission(rawValue: "chat.use")) { _ in throw Broken() }
        Route.get("secret", requires: .systemAdmin) { _ in .done }
        Route.webhook("inbound") { request in
            guard request.headers["x-signature"] == "right" else { throw Broken() }
        } _: { _ in
            .done
        }
        Route(method: "POST", path: "room/:token", access: .page) { _ in .done }
        Route.page("room/:token") { request in .text("room \(request.parameters["token"] ?? "")") }
    }

    static let description = """
        {
          "id": "chat", "name": "Chat", "description": "Chat of the tests.", "version": "1.0.0", "sdk": "1.0",
          "library": "Odd", "provides": ["MessageChannel"],
          "permissions": [
            { "id": "chat.use", "title": "Chat", "scopes": ["basic-user", "office-manager", "super-user"] }
          ],
          "gates": { "levels": ["system", "domain", "user"] }
        }
        """
}

/// Gives the plugin of the tests, without a library.
struct OddSource: PluginSource {
    func type(of description: PluginDescription, entry: PluginEntry) throws(Decline) -> any Plugin.Type {
        OddPlugin.self
    }
}
