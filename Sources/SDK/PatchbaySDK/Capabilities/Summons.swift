import Foundation

/// Calls people who may have their portal closed: their browsers show a notification, if they have switched that on.
///
/// A conversation has one notification in a browser; the newer takes the place of the older. Nobody is called from a
/// conversation that they have muted, or who has the portal in front.
public protocol Summons: Sendable {
    /// Rings `users` for a meeting in a conversation of theirs, at once or not at all.
    ///
    /// - Parameters:
    ///   - caller: Who invites; their name stands in the notification.
    ///   - end: When it stops ringing; later nobody is called any more.
    func ring(
        _ users: [UserID], in conversation: ConversationID, by caller: UserID, until end: Date, in db: Database
    ) throws

    /// Takes the ringing back where it has been shown, with a word that it was missed, or without.
    func hush(_ users: [UserID], in conversation: ConversationID, wasMissed: Bool, in db: Database) throws
}
