import PatchbaySDK

extension SplitMix64 {
    /// One that depends on `text` too, so what happens to a message doesn't depend on what else happens meanwhile.
    init(seed: UInt64, mixedWith text: String) {
        // FNV-1a
        self.init(
            seed: text.utf8.reduce(seed ^ 0xCBF2_9CE4_8422_2325) { hash, byte in
                (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
            })
    }
}
