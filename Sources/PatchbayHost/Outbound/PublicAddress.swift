/// Which network addresses are on the internet, by the registries of special-purpose addresses (RFC 6890).
public enum PublicAddress {
    /// - Parameter bytes: An address in network order, 4 bytes of IPv4 or 16 of IPv6.
    /// - Returns: whether anybody may be sent there; `false` for another count of bytes.
    public static func isPublic(_ bytes: [UInt8]) -> Bool {
        switch bytes.count {
        case 4: !special4.contains { $0.contains(bytes) }
        // Only global unicast is public at all, so mapped, private, link-local and multicast ones are out.
        case 16: bytes[0] & 0xE0 == 0x20 && !special6.contains { $0.contains(bytes) }
        default: false
        }
    }

    /// Whether the address lies in an operator's own network: loopback, private (RFC 1918), behind the provider's
    /// translation (RFC 6598), unique local (RFC 4193). Link-local ones don't: clouds keep their secrets there.
    ///
    /// - Parameter bytes: An address in network order, 4 bytes of IPv4 or 16 of IPv6.
    public static func isOfOwnNetwork(_ bytes: [UInt8]) -> Bool {
        switch bytes.count {
        case 4: own4.contains { $0.contains(bytes) }
        case 16: isLoopback(bytes) || bytes[0] & 0xFE == 0xFC
        default: false
        }
    }

    /// Whether the address is this machine itself.
    ///
    /// - Parameter bytes: An address in network order, 4 bytes of IPv4 or 16 of IPv6.
    public static func isLoopback(_ bytes: [UInt8]) -> Bool {
        switch bytes.count {
        case 4: bytes[0] == 127
        case 16: bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
        default: false
        }
    }

    private struct Block {
        let prefix: [UInt8]
        let bits: Int

        func contains(_ bytes: [UInt8]) -> Bool {
            (0..<bits).allSatisfy { bit in
                let mask = UInt8(0x80) >> UInt8(bit % 8)
                return bytes[bit / 8] & mask == prefix[bit / 8] & mask
            }
        }
    }

    private static let special4 = [
        Block(prefix: [0], bits: 8), Block(prefix: [10], bits: 8), Block(prefix: [100, 64], bits: 10),
        Block(prefix: [127], bits: 8), Block(prefix: [169, 254], bits: 16), Block(prefix: [172, 16], bits: 12),
        Block(prefix: [192, 0, 0], bits: 24), Block(prefix: [192, 0, 2], bits: 24),
        Block(prefix: [192, 88, 99], bits: 24), Block(prefix: [192, 168], bits: 16),
        Block(prefix: [198, 18], bits: 15), Block(prefix: [198, 51, 100], bits: 24),
        Block(prefix: [203, 0, 113], bits: 24), Block(prefix: [224], bits: 3),
    ]

    private static let own4 = [
        Block(prefix: [10], bits: 8), Block(prefix: [100, 64], bits: 10), Block(prefix: [127], bits: 8),
        Block(prefix: [172, 16], bits: 12), Block(prefix: [192, 168], bits: 16),
    ]

    // 2001::/23 holds Teredo and others, 2002::/16 is 6to4: both carry IPv4 addresses inside.
    private static let special6 = [
        Block(prefix: [0x20, 0x01, 0x00], bits: 23), Block(prefix: [0x20, 0x01, 0x0D, 0xB8], bits: 32),
        Block(prefix: [0x20, 0x02], bits: 16), Block(prefix: [0x3F, 0xFF, 0x00], bits: 20),
    ]
}
