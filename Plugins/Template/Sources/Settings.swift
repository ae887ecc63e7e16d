import PatchbaySDK

extension Settings {
    /// What a greeting begins with.
    var salutation: String {
        get throws { try string("salutation") }
    }
}
