extension Portal {
    /// How the portal behaves for each user.
    public var preferences: PreferenceStore { PreferenceStore(events: events) }

    /// The texts that people keep to be sent again.
    public var templates: TemplateBook { TemplateBook(clock: clock, events: events) }
}
