import CPhoneNumber

extension PhoneNumber {
    /// Whether calls to it cost the caller extra, by libphonenumber's data of the number's country.
    public var isPremiumRate: Bool { patchbay_phone_is_premium(e164) == 1 }

    /// Whether `digits`, dialled as they are in `region`, reach an emergency service: `911` in `US`, `112` in `DE`.
    ///
    /// - Parameters:
    ///   - digits: As a person types them; anything but digits is left out.
    ///   - region: ISO 3166-1 alpha-2.
    public static func isEmergency(_ digits: String, in region: String) -> Bool {
        let bare = digits.filter { ("0"..."9").contains($0) }
        return !bare.isEmpty && bare.utf8.count <= 8 && patchbay_phone_is_emergency(bare, region) == 1
    }
}
