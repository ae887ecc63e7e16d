extension Portal {
    /// How the portal behaves for each user.
    public var preferences: PreferenceStore { PreferenceStore(events: events) }

    /// The browsers that are told while the portal is closed.
    public var pushSubscriptions: PushSubscriptions { PushSubscriptions(clock: clock) }

    /// The texts that people keep to be sent again.
    public var templates: TemplateBook { TemplateBook(clock: clock, events: events) }
}
