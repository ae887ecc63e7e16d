import Logging
import PatchbaySDK

/// Finds people in the portal's own books and in those of plugins.
public struct RunningContacts: ContactLookup {
    private let books: any ContactLookup
    private let registry: PluginRegistry

    /// - Parameter books: The portal's own; asked first.
    public init(books: any ContactLookup, _ registry: PluginRegistry) {
        self.books = books
        self.registry = registry
    }

    /// The first entry with `number`: of the portal's own books, then of the plugins in the manifest's order.
    public func contact(with number: PhoneNumber, for caller: Caller) async throws -> ContactCard? {
        if let card = try await books.contact(with: number, for: caller) { return card }
        for provider in providers {
            // A CRM that is down must not hide the answers of the others.
            do {
                if let card = try await provider.contact(with: number, for: caller) { return card }
            } catch { note(error) }
        }
        return nil
    }

    /// At most `limit` entries: the portal's own, then those of plugins; one that fails is left out and logged.
    public func contacts(matching query: String, for caller: Caller, limit: Int) async throws -> [ContactCard] {
        var cards = try await books.contacts(matching: query, for: caller, limit: limit)
        for provider in providers where cards.count < limit {
            do {
                cards += try await provider.contacts(matching: query, for: caller, limit: limit - cards.count)
                    .filter { !cards.contains($0) }
            } catch { note(error) }
        }
        return Array(cards.prefix(limit))
    }

    private var providers: [any ContactLookup] { registry.providers(of: (any ContactLookup).self) }

    private func note(_ error: any Error) {
        registry.log.warning("contact provider failed", metadata: ["error": "\(sentence(of: error))"])
    }
}

/// What a user may do: by scope, narrowed by every plugin that has a say.
public struct RunningPermissions: UserPermissions {
    private let registry: PluginRegistry

    /// Asks the scopes and providers of `registry`.
    public init(_ registry: PluginRegistry) { self.registry = registry }

    /// - Throws: what a provider throws: when one can't be asked, nothing is granted.
    public func granted(_ permissions: Set<Permission>, to caller: Caller) async throws -> Set<Permission> {
        let known = registry.permissions
        var granted = permissions.filter { known[$0]?.contains(caller.scope) == true }
        for provider in registry.providers(of: (any UserPermissions).self) where !granted.isEmpty {
            granted.formIntersection(try await provider.granted(granted, to: caller))
        }
        return granted
    }
}
